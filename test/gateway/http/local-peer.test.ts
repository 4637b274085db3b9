import { expect } from 'chai';
import { isLocalPeer } from '../../../src/gateway/http/local-peer.js';

describe('isLocalPeer', () => {
  for (const [peer, host, expected] of [
    ['127.0.0.1', '127.0.0.1:9090', true],
    ['::1', '[::1]:9090', true],
    ['::ffff:127.0.0.1', 'localhost', true],
    ['10.1.2.3', '127.0.0.1:9090', false],
    ['fe80::1', 'localhost', false],
    ['127.0.0.1', 'evil.example', false],
    ['127.0.0.1', '127.0.0.1.evil.example:9090', false],
    ['127.0.0.1', 'evil.example:80@localhost', false],
    ['127.0.0.1', undefined, false],
    [undefined, 'localhost', false],
  ] as const) {
    it(`says ${expected} of ${peer} asking for ${host}`, () => {
      expect(isLocalPeer(peer, host)).to.equal(expected);
    });
  }
});
