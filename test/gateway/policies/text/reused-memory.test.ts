import { expect } from 'chai';
import * as fc from 'fast-check';
import { foldText, type FoldedText } from '../../../../src/gateway/policies/text/folded-text.js';
import { hashGrams, type Grams } from '../../../../src/gateway/policies/text/grams.js';
import { splitWords, type WordTable } from '../../../../src/gateway/policies/text/words.js';

/** All that counts of what was read from a text. */
function contents({ codes, length, offsets, confusables }: FoldedText, words: WordTable, grams: Grams): unknown {
  const { count, starts, ends, hashes, mixed, sentenceEnds, sentences } = words;
  const sentenceStarts = grams.sentenceStarts.subarray(0, sentences + 1);
  return {
    folded: [
      Array.from(codes.subarray(0, length)),
      offsets && Array.from(offsets.subarray(0, length + 1)),
      confusables,
    ],
    words: [starts, ends, hashes, mixed].map((table) => Array.from(table.subarray(0, count))),
    sentences: Array.from(sentenceEnds.subarray(0, sentences)),
    grams: [Array.from(sentenceStarts), Array.from(grams.buckets.subarray(0, sentenceStarts.at(-1)))],
  };
}

describe('reading texts into memory of earlier ones', () => {
  it('reads each as into memory of its own', () => {
    const parts = fc.constantFrom('a', 'B2', 'word', '7', ' ', '. ', '\n', 'é', 'ﷺ', '漢字', 'раураl', '😀', '"');
    const texts = fc.array(fc.array(parts, { maxLength: 40 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(texts, (sources) => {
        const room = { codes: new Uint16Array(64), offsets: new Uint32Array(65) };
        let words: WordTable | undefined;
        let grams: Grams | undefined;
        for (const pieces of sources) {
          const source = pieces.join('');
          const folded = foldText(source, {}, room);
          words = splitWords(folded, words);
          grams = hashGrams(folded, words, grams);
          const fresh = foldText(source);
          const freshWords = splitWords(fresh);
          const expected = contents(fresh, freshWords, hashGrams(fresh, freshWords));
          expect(contents(folded, words, grams)).to.deep.equal(expected);
        }
      }),
    );
  });
});
