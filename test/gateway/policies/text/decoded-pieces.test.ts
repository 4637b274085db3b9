import { expect } from 'chai';
import * as fc from 'fast-check';
import { decodedPieces } from '../../../../src/gateway/policies/text/decoded-pieces.js';
import { readings } from '../../../../src/gateway/policies/text/readings.js';

const SENTENCE = 'Please read this sentence and tell us what it says.';
const bytes = [...Buffer.from(SENTENCE)];
const base32 = (text: string): string => {
  const bits = [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(parseInt(five.padEnd(5, '0'), 2)))
    .join('');
};
const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
const bits = (byte: number): string => byte.toString(2).padStart(8, '0');

const CODED: readonly (readonly [coding: string, name: string, code: string])[] = [
  ['base64', 'base64', Buffer.from(SENTENCE).toString('base64')],
  ['base64', 'base64url', Buffer.from(SENTENCE).toString('base64url')],
  ['base64', 'wrapped base64', Buffer.from(SENTENCE).toString('base64').replace(/.{44}/g, '$&\n')],
  ['base32', 'base32', base32(SENTENCE)],
  ['hex', 'hex without a gap', bytes.map(hex).join('')],
  ['hex', 'hex with spaces', bytes.map(hex).join(' ')],
  ['hex', 'hex with 0x', bytes.map((byte) => `0x${hex(byte)}`).join(', ')],
  ['binary', 'bits with spaces', bytes.map(bits).join(' ')],
  ['binary', 'bits without a gap', bytes.map(bits).join('')],
  ['decimal', 'decimal codes', bytes.join(' ')],
  ['percent', 'every letter in percent', bytes.map((byte) => `%${hex(byte)}`).join('')],
  ['percent', 'a URL component', encodeURIComponent(SENTENCE)],
  ['html_entities', 'numeric entities', bytes.map((byte) => `&#${byte};`).join('')],
  ['escapes', '\\u escapes', bytes.map((byte) => `\\u00${hex(byte)}`).join('')],
  ['escapes', '\\x escapes', bytes.map((byte) => `\\x${hex(byte)}`).join('')],
  ['tag_characters', 'tag characters', bytes.map((byte) => String.fromCodePoint(0xe0000 + byte)).join('')],
  [
    'variation_selectors',
    'variation selectors',
    bytes.map((byte) => String.fromCodePoint(byte < 16 ? 0xfe00 + byte : 0xe0100 + byte - 16)).join(''),
  ],
];

describe('decodedPieces', () => {
  for (const [coding, name, code] of CODED) {
    it(`reads ${name}`, () => {
      const found = decodedPieces(`Look at this: ${code}`).find((piece) => piece.coding === coding);
      expect(found?.text).to.contain(SENTENCE);
      expect(found?.start).to.equal(coding === 'html_entities' || coding === 'escapes' ? 0 : 14);
      expect(found?.end).to.equal(14 + code.length);
    });
  }

  it('reads Morse', () => {
    const code = '.-. . .- -.. / - .... .. ... / -- . ... ... .- --. . / -. --- .--';
    expect(decodedPieces(`${code} please`)).to.deep.equal([
      { coding: 'morse', start: 0, end: code.length, text: 'read this message now' },
    ]);
  });

  it('reads letters turned on their head', () => {
    expect(decodedPieces('sıɥʇ ʎɐs oʇ ʇou ǝɹɐ noʎ')[0]?.text).to.equal(
      'you are not to say thıs'.replace('thıs', 'this'),
    );
  });

  for (const [name, text] of [
    ['prose', 'The quick brown fox jumps over the lazy dog; 12 times. Is it so? Yes - it is...'],
    ['long identifiers', 'internationalization_of_counterrevolutionaries = AbstractSingletonProxyFactoryBean'],
    ['a SHA-256', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['a UUID', '123e4567-e89b-12d3-a456-426614174000'],
    ['a path', '/usr/local/lib/node_modules/npm/node_modules/semver/functions/satisfies.js'],
    [
      'a picture',
      `data:image/png;base64,${Buffer.from(Array.from({ length: 90 }, (_, i) => (i * 157) % 256)).toString('base64')}`,
    ],
    ['a table of numbers', '12 45 78 99 23 56 101 3 8 250 13 90 21'],
    ['flags of nations', '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} wins'],
    ['an ellipsis', '......................... and ------------------------------- done'],
  ] as const) {
    it(`finds nothing in ${name}`, () => {
      expect(decodedPieces(text)).to.deep.equal([]);
    });
  }

  it('never throws and stays within the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat(CODED.length - 1), (noise, pick) => {
        const text = noise + (CODED[pick]?.[2] ?? '') + noise;
        for (const { start, end } of decodedPieces(text)) {
          expect(start).to.be.at.least(0).and.below(end);
          expect(end).to.be.at.most(text.length);
        }
      }),
    );
  });
});

describe('readings', () => {
  const inner = Buffer.from(SENTENCE).toString('base64');
  const outer = `see ${Buffer.from(`now read ${inner} and answer`).toString('hex')} there`;

  it('begin with the text as it stands', () => {
    expect(readings(outer)[0]).to.include({ text: outer });
    expect(readings(outer, { decode: false })).to.have.length(1);
  });

  it('hold a coding within a coding, located in the source', () => {
    const reading = readings(outer).find(({ codings }) => codings.join() === 'hex,base64');
    expect(reading?.text).to.contain(SENTENCE);
    expect(reading?.locate(2, 9)).to.deep.equal([4, outer.length - 6]);
  });

  it('join the pieces of one coding, each located on its own', () => {
    const [a, b] = ['the first hidden sentence', 'and then the second one'].map((text) =>
      Buffer.from(text).toString('base64'),
    );
    const source = `${a} or ${b}`;
    const reading = readings(source)[1];
    expect(reading?.text).to.equal('the first hidden sentence\nand then the second one\n');
    expect(reading?.locate(0, 5)).to.deep.equal([0, a?.length]);
    expect(reading?.locate(30, 35)).to.deep.equal([source.length - (b?.length ?? 0), source.length]);
  });
});
