import { expect } from 'chai';
import { orAborted } from '../../src/core/abort.js';

describe('orAborted', () => {
  const never = new Promise<string>(() => undefined);

  it('gives what the work gives', async () => {
    expect(await orAborted(Promise.resolve('done'), new AbortController().signal)).to.equal('done');
  });

  it('fails as the work fails', async () => {
    const failure = new Error('work');
    expect(await caught(orAborted(Promise.reject(failure), new AbortController().signal))).to.equal(failure);
  });

  it('fails with the reason once aborted, though the work never ends', async () => {
    const controller = new AbortController();
    const reason = new Error('gone');
    const result = caught(orAborted(never, controller.signal));
    controller.abort(reason);
    expect(await result).to.equal(reason);
  });

  it('fails at once when aborted before', async () => {
    const reason = new Error('gone');
    expect(await caught(orAborted(never, AbortSignal.abort(reason)))).to.equal(reason);
  });

  it('passes over a failure that comes after the abort', async () => {
    const { promise, reject } = Promise.withResolvers<string>();
    const reason = new Error('gone');
    const result = caught(orAborted(promise, AbortSignal.abort(reason)));
    reject(new Error('late'));
    expect(await result).to.equal(reason);
  });
});

async function caught(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected a failure');
}
