import { expect } from 'chai';
import fc from 'fast-check';
import { decodeBase64, parseDataUrl } from '../../../src/gateway/chat/data-url.js';

// RFC 4648 §4, and §5's two characters, with padding.
const BASE64 = /^(?:[\w+/-]{4})*(?:[\w+/-]{2}==|[\w+/-]{3}=|[\w+/-]{4})$/;

describe('decodeBase64', () => {
  it('gives back the bytes that any encoder wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 9000 }), (bytes) => {
        expect(decodeBase64(Buffer.from(bytes).toString('base64'))).to.deep.equal(Buffer.from(bytes));
      }),
    );
  });

  it('accepts a text exactly when it is base64', () => {
    const nearly = fc.string({
      unit: fc.constantFrom('A', 'z', '9', '+', '/', '-', '_', '=', '!', ' ', 'é', '\u0141', '\u{1f600}'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(nearly, (text) => {
        expect(decodeBase64(text) !== undefined).to.equal(BASE64.test(text));
      }),
      { numRuns: 20_000 },
    );
  });

  it('takes the line breaks of command line tools', () => {
    expect(decodeBase64('AAEC\r\nAwQF\n')).to.deep.equal(Buffer.from([0, 1, 2, 3, 4, 5]));
  });
});

describe('parseDataUrl', () => {
  for (const [url, expected] of [
    ['data:image/png;base64,AAAA', { mime: 'image/png', base64: 'AAAA' }],
    ['DATA:Image/PNG; charset=x ;BASE64,AAAA', { mime: 'image/png', base64: 'AAAA' }],
    ['data:;base64,AAAA', { mime: '', base64: 'AAAA' }],
    ['data:image/png,AAAA', undefined],
    ['data:base64,AAAA', undefined],
    ['http://x/,', undefined],
    [`data:${'x'.repeat(300)};base64,AAAA`, undefined],
  ] as const) {
    it(`reads ${url.slice(0, 50)}`, () => {
      expect(parseDataUrl(url)).to.deep.equal(expected);
    });
  }
});
