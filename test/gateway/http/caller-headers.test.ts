import { expect } from 'chai';
import type { IncomingMessage } from 'node:http';
import { callerIds, traceparent } from '../../../src/gateway/http/caller-headers.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN = 'b7ad6b7169203331';

describe('traceparent', () => {
  for (const [name, sent, passes] of [
    ['a valid one', `00-${TRACE}-${SPAN}-01`, true],
    ['a later version that carries more', `01-${TRACE}-${SPAN}-01-more`, true],
    ['version 00 that carries more', `00-${TRACE}-${SPAN}-01-more`, false],
    ['version ff', `ff-${TRACE}-${SPAN}-01`, false],
    ['capital letters', `00-${TRACE.toUpperCase()}-${SPAN}-01`, false],
    ['a trace of zeros', `00-${'0'.repeat(32)}-${SPAN}-01`, false],
    ['a span of zeros', `00-${TRACE}-${'0'.repeat(16)}-01`, false],
    ['a short one', `00-${TRACE}-01`, false],
    ['line breaks', `00-${TRACE}-${SPAN}-01\r\nx: y`, false],
    ['an endless one', `01-${TRACE}-${SPAN}-01-${'a'.repeat(300)}`, false],
  ] as const) {
    it(`${passes ? 'passes on' : 'drops'} ${name}`, () => {
      expect(traceparent({ traceparent: sent })).to.equal(passes ? sent : undefined);
    });
  }
});

describe('callerIds', () => {
  const from = (remoteAddress: string | undefined) =>
    callerIds({
      headers: { 'x-user-id': 'ann', 'x-conversation-id': 'c-1' },
      socket: { remoteAddress } as IncomingMessage['socket'],
    });

  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
    it(`believes the user's name of ${address}`, () => {
      expect(from(address)).to.deep.equal({ user: 'ann', conversation: 'c-1' });
    });

  for (const address of ['10.1.2.3', '::ffff:10.1.2.3', 'fd00::1', undefined])
    it(`does not believe the user's name of ${address ?? 'a closed connection'}`, () => {
      expect(from(address)).to.deep.equal({ user: undefined, conversation: 'c-1' });
    });
});
