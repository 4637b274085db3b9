import { expect } from 'chai';
import { proxyFor } from '../../src/core/proxy.js';

const PROXY = 'http://proxy.example:3128/';
const BEDROCK = 'https://bedrock-runtime.us-east-1.amazonaws.com';

describe('proxyFor', () => {
  for (const [name, url, env, expected] of [
    ['goes direct when nothing is set', BEDROCK, {}, undefined],
    ['takes HTTPS_PROXY for https', BEDROCK, { HTTPS_PROXY: PROXY }, PROXY],
    ['does not take HTTP_PROXY for https', BEDROCK, { HTTP_PROXY: PROXY }, undefined],
    ['takes HTTP_PROXY for http', 'http://sim.example', { HTTP_PROXY: PROXY }, PROXY],
    ['falls back to ALL_PROXY', BEDROCK, { ALL_PROXY: PROXY }, PROXY],
    ['prefers the lower-case name', BEDROCK, { https_proxy: PROXY, HTTPS_PROXY: 'http://other' }, PROXY],
    ['passes over a blank variable', BEDROCK, { https_proxy: ' ', HTTPS_PROXY: PROXY }, PROXY],
    ['accepts a proxy without a scheme', BEDROCK, { HTTPS_PROXY: 'proxy.example:3128' }, PROXY],
    ['never proxies localhost', 'https://localhost:1', { HTTPS_PROXY: PROXY }, undefined],
    ['never proxies 127.0.0.0/8', 'https://127.1.2.3', { HTTPS_PROXY: PROXY }, undefined],
    ['never proxies ::1', 'https://[::1]:8', { HTTPS_PROXY: PROXY }, undefined],
    ['exempts everything with *', BEDROCK, { HTTPS_PROXY: PROXY, NO_PROXY: '*' }, undefined],
    ['exempts a host by name', BEDROCK, { HTTPS_PROXY: PROXY, NO_PROXY: new URL(BEDROCK).hostname }, undefined],
    ['exempts subdomains of a name', BEDROCK, { HTTPS_PROXY: PROXY, NO_PROXY: 'a.b, amazonaws.com' }, undefined],
    ['exempts subdomains of a dotted name', BEDROCK, { HTTPS_PROXY: PROXY, no_proxy: '.amazonaws.com' }, undefined],
    ['exempts subdomains of a wildcard', BEDROCK, { HTTPS_PROXY: PROXY, NO_PROXY: '*.amazonaws.com' }, undefined],
    [
      'does not exempt the dotted name itself',
      'https://amazonaws.com',
      { HTTPS_PROXY: PROXY, NO_PROXY: '.amazonaws.com' },
      PROXY,
    ],
    [
      'does not exempt a name that merely ends alike',
      'https://myaws.com',
      { HTTPS_PROXY: PROXY, NO_PROXY: 'aws.com' },
      PROXY,
    ],
    [
      'exempts a name at one port',
      'https://a.example:8443',
      { HTTPS_PROXY: PROXY, NO_PROXY: 'a.example:8443' },
      undefined,
    ],
    ['proxies a name at another port', BEDROCK, { HTTPS_PROXY: PROXY, NO_PROXY: 'amazonaws.com:80' }, PROXY],
    ['exempts an address', 'https://10.0.0.7', { HTTPS_PROXY: PROXY, NO_PROXY: '10.0.0.7' }, undefined],
    ['exempts an IPv6 address', 'https://[fd00::7]', { HTTPS_PROXY: PROXY, NO_PROXY: '[fd00::7]:443' }, undefined],
    ['exempts a CIDR block', 'https://10.20.0.7', { HTTPS_PROXY: PROXY, NO_PROXY: '10.0.0.0/8' }, undefined],
    ['exempts an IPv6 block', 'https://[fd00::7]', { HTTPS_PROXY: PROXY, NO_PROXY: 'fd00::/8' }, undefined],
    ['proxies an address outside the block', 'https://11.0.0.7', { HTTPS_PROXY: PROXY, NO_PROXY: '10.0.0.0/8' }, PROXY],
    ['passes over what is no block', 'https://10.0.0.7', { HTTPS_PROXY: PROXY, NO_PROXY: '10.0.0.0/99 x/8' }, PROXY],
  ] as const) {
    it(name, () => {
      expect(proxyFor(new URL(url), env)?.href).to.equal(expected);
    });
  }

  for (const value of ['socks5://user:hunter2@proxy', 'http://:99999']) {
    it(`refuses ${value.slice(0, 9)}… by the variable's name, without its value`, () => {
      expect(() => proxyFor(new URL(BEDROCK), { HTTPS_PROXY: value }))
        .to.throw(/^HTTPS_PROXY: expected an http or https URL/)
        .with.property('message')
        .that.does.not.include('hunter2');
    });
  }
});
