import { expect } from 'chai';
import { foldText } from '../../../../src/gateway/policies/text/folded-text.js';
import { hashGrams } from '../../../../src/gateway/policies/text/grams.js';
import { splitWords } from '../../../../src/gateway/policies/text/words.js';

/** The sentences of a text, each as its words. */
function sentences(source: string): string[][] {
  const text = foldText(source);
  const table = splitWords(text);
  let word = 0;
  return Array.from(table.sentenceEnds.subarray(0, table.sentences), (end) => {
    const words: string[] = [];
    for (; word < end; word++) {
      words.push(String.fromCharCode(...text.codes.subarray(table.starts[word], table.ends[word])));
    }
    return words;
  });
}

describe('splitWords', () => {
  for (const [name, source, expected] of [
    ['nothing in an empty text', '', []],
    ['nothing in a text of gaps', ' .\n!!', []],
    [
      'sentences at full stops',
      'I am here. You are there',
      [
        ['i', 'am', 'here'],
        ['you', 'are', 'there'],
      ],
    ],
    ['lines', 'one\ntwo', [['one'], ['two']]],
    ['no sentence after a number or within a name', '1. see example.com now', [['1', 'see', 'example', 'com', 'now']]],
    ['an apostrophe within a word, not around it', "don't 'quote'", [["don't", 'quote']]],
    [
      'letters of unspaced scripts one by one',
      '你好。再见',
      [
        ['你', '好'],
        ['再', '见'],
      ],
    ],
    ['JSON strings as sentences', '{"a b":"c d","e":1}', [['a', 'b'], ['c', 'd'], ['e'], ['1']]],
  ] as const) {
    it(`finds ${name}`, () => {
      expect(sentences(source)).to.deep.equal(expected);
    });
  }

  it('cuts text that has no punctuation', () => {
    expect(sentences('word '.repeat(1000)).length).to.be.greaterThan(10);
  });
});

describe('hashGrams', () => {
  const buckets = (source: string): number[][] => {
    const text = foldText(source);
    const words = splitWords(text);
    const grams = hashGrams(text, words);
    return Array.from({ length: words.sentences }, (_, s) =>
      Array.from(grams.buckets.subarray(grams.sentenceStarts[s], grams.sentenceStarts[s + 1])),
    );
  };

  it('gives the same sentence the same grams wherever it stands', () => {
    const [alone] = buckets('what is this thing');
    expect(buckets('Before it came this. What is THIS thing? After it.')[1]).to.deep.equal(alone);
  });

  it('counts a word, its pair with the one before, and runs of 5 of its letters and edges', () => {
    expect(buckets('abcd')[0]).to.have.length(1 + 2);
    expect(buckets('a b')[0]).to.have.length(3);
  });

  it('takes all digits for one', () => {
    expect(buckets('call 1234')).to.deep.equal(buckets('call 9087'));
  });
});
