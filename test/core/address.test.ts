import { expect } from 'chai';
import { formatAddress, isLoopback, parseAddress } from '../../src/core/address.js';

describe('parseAddress', () => {
  for (const [text, expected] of [
    ['127.0.0.1:8080', { host: '127.0.0.1', port: 8080 }],
    ['localhost:0', { host: 'localhost', port: 0 }],
    ['[::1]:0', { host: '::1', port: 0 }],
    [':41002', { host: '::', port: 41002 }],
    ['8080', undefined],
    ['127.0.0.1', undefined],
    ['127.0.0.1:65536', undefined],
    ['::1:80', undefined],
    ['[127.0.0.1]:80', undefined],
    ['http://localhost:80', undefined],
    ['', undefined],
  ] as const) {
    it(`reads ${JSON.stringify(text)} as ${JSON.stringify(expected)}`, () => {
      expect(parseAddress(text)).to.deep.equal(expected);
    });
  }
});

describe('formatAddress', () => {
  for (const text of ['127.0.0.1:8080', '[::1]:443', 'gateway:80']) {
    it(`writes ${text} as it was read`, () => {
      expect(formatAddress(parseAddress(text) ?? { host: '', port: 0 })).to.equal(text);
    });
  }
});

describe('isLoopback', () => {
  for (const [host, expected] of [
    ['127.0.0.1', true],
    ['127.8.9.1', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['::', false],
    ['10.0.0.1', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.evil.example', false],
  ] as const) {
    it(`says ${expected} of ${host}`, () => {
      expect(isLoopback(host)).to.equal(expected);
    });
  }
});
