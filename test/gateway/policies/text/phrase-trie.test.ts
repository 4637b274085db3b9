import { expect } from 'chai';
import * as fc from 'fast-check';
import { buildTrie, PhraseTrie, type Phrase } from '../../../../src/gateway/policies/text/phrase-trie.js';

const units = (text: string): Uint16Array => Uint16Array.from(text, (char) => char.charCodeAt(0));

/** The longest phrase at the start of `text` by trying each: as a stem anywhere, as a whole before a gap or the end. */
function longest(phrases: readonly Phrase[], text: string): number {
  const fits = ({ text: phrase, stem }: Phrase): boolean =>
    text.startsWith(phrase) && (stem || !/[a-z]/.test(text.charAt(phrase.length)));
  return Math.max(0, ...phrases.filter(fits).map(({ text: phrase }) => phrase.length));
}

describe('PhraseTrie', () => {
  const trie = new PhraseTrie(
    buildTrie([
      { text: 'ignore', stem: false, value: 0 },
      { text: 'ignore all', stem: false, value: 1 },
      { text: 'bypass', stem: true, value: 2 },
      { text: 'up', stem: false, value: 3 },
      { text: 'a i', stem: false, value: 4 },
      { text: '忽略', stem: false, value: 5 },
    ]),
  );

  for (const [text, value, end] of [
    ['ignore it', 0, 6],
    ['ignore all of it', 1, 10],
    ['ignore - all', 1, 12],
    ['ignore ---- all', 0, 6],
    ['ignored', -1, 0],
    ['bypasses', 2, 6],
    ['up', 3, 2],
    ['upper', -1, 0],
    ['a i', 4, 3],
    ['忽略上述', 5, 2],
    ['zebra', -1, 0],
  ] as const) {
    it(`finds ${value < 0 ? 'nothing' : `phrase ${value}`} in ${text}`, () => {
      expect(trie.match(units(text), 0, text.length)).to.equal(value);
      if (value >= 0) expect(trie.matchEnd).to.equal(end);
    });
  }

  it('finds the longest of any phrases', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' '), minLength: 1, maxLength: 6 });
    const phrase = words.map((text) => text.replace(/ +/g, ' ').trim()).filter((text) => text !== '');
    fc.assert(
      fc.property(fc.array(fc.tuple(phrase, fc.boolean()), { minLength: 1, maxLength: 8 }), words, (list, text) => {
        const given = list.map(([spelled, stem], value): Phrase => ({ text: spelled, stem, value }));
        const spaced = text.replace(/ +/g, ' ').trimStart();
        const any = new PhraseTrie(buildTrie(given));
        const found = any.match(units(spaced), 0, spaced.length);
        expect(found < 0 ? 0 : any.matchEnd).to.equal(spaced === '' ? 0 : longest(given, spaced));
      }),
    );
  });
});
