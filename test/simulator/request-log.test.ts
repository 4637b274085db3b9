import { expect } from 'chai';
import { RequestLog } from '../../src/simulator/request-log.js';
import type { WireRequest } from '../../src/simulator/wire-request.js';

function request(bodyBytes: number): WireRequest {
  const headers = [
    ['authorization', 'AWS4-HMAC-SHA256 …'],
    ['x-amz-security-token', 'token'],
    ['x-team', 'a'],
  ] as const;
  return { method: 'POST', path: '/p', query: 'a=b', headers, wireVersion: '2', body: Buffer.alloc(bodyBytes) };
}

/** The ids that a log of at most 100 bytes remembers of requests of these sizes. */
function remembered(sizes: readonly number[]): readonly string[] {
  const log = new RequestLog(10, 100);
  for (const [index, size] of sizes.entries()) log.begin(String(index), 0, request(size));
  return log.list().map(({ request_id }) => request_id);
}

describe('RequestLog', () => {
  it('forgets the oldest when the bodies grow too many bytes together', () => {
    expect(remembered([40, 40])).to.deep.equal(['0', '1']);
    expect(remembered([40, 40, 40])).to.deep.equal(['1', '2']);
    expect(remembered([1, 1, 99, 1])).to.deep.equal(['2', '3']);
  });

  it('keeps the last one whatever its size', () => {
    expect(remembered([40, 400])).to.deep.equal(['1']);
  });

  it('shows no secrets', () => {
    const log = new RequestLog(1);
    log.begin('1', 0, request(0));
    expect(log.list()[0]).to.deep.include({
      received_at: '1970-01-01T00:00:00.000Z',
      path: '/p?a=b',
      headers: { authorization: '[redacted]', 'x-amz-security-token': '[redacted]', 'x-team': 'a' },
    });
  });
});
