import { request } from 'node:http';
import { connect } from 'node:http2';
import { dial, type DialOptions } from './dial.js';

/** Opens a connection, asks for nothing, and says whether HTTP/2 settings arrive. */
export function announcesHttp2(origin: URL, options: DialOptions): Promise<boolean> {
  const session = connect(origin, { createConnection: () => dial(origin, ['h2'], options) });
  return answer(options, (say) => {
    session.once('remoteSettings', () => say(true));
    session.once('error', () => say(false));
    session.once('close', () => say(false));
  }).finally(() => session.destroy());
}

/** Asks for nothing in HTTP/1.1, and says whether the answer is HTTP/1.1. */
export function answersHttp1(origin: URL, options: DialOptions): Promise<boolean> {
  const asking = request({
    method: 'OPTIONS',
    path: '*',
    headers: { host: origin.host },
    createConnection: () => dial(origin, ['http/1.1'], options),
  });
  return answer(options, (say) => {
    asking.once('response', () => say(true));
    asking.once('error', () => say(false));
    asking.end();
  }).finally(() => asking.destroy());
}

/** What `ask` says, or no after the time for a connection. */
function answer(
  { clock, connectTimeoutMs }: DialOptions,
  ask: (say: (yes: boolean) => void) => void,
): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = clock.schedule(connectTimeoutMs, () => resolve(false));
  ask(resolve);
  return promise.finally(() => timer.cancel());
}
