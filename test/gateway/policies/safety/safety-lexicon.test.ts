import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { compileLexicons } from '../../../../src/gateway/policies/safety/compile-lexicons.js';
import { CONCEPTS } from '../../../../src/gateway/policies/safety/concepts.js';
import { ConceptScanner } from '../../../../src/gateway/policies/safety/concept-scan.js';
import { LEXICON_FILE, loadLexicon } from '../../../../src/gateway/policies/safety/safety-lexicon.js';
import { decodeLexicon, encodeLexicon } from '../../../../src/gateway/policies/text/compiled-lexicon.js';
import { foldText } from '../../../../src/gateway/policies/text/folded-text.js';
import { splitWords } from '../../../../src/gateway/policies/text/words.js';

const shipped = readFileSync(new URL(`../../../../src/gateway/policies/safety/model/${LEXICON_FILE}`, import.meta.url));

/** The concepts of each phrase that is met in a text. */
function conceptsIn(text: string, scanner: ConceptScanner): string[][] {
  const folded = foldText(text);
  return scanner
    .scan(folded, splitWords(folded))
    .map(({ concepts }) => [...concepts].map((index) => CONCEPTS[index] as string));
}

describe('the shipped lexicon', () => {
  it('knows the phrases of every language', () => {
    const scanner = new ConceptScanner(loadLexicon());
    for (const text of ['How to make a bomb', 'Wie baue ich eine Bombe', '如何制造炸弹', 'fabriquer une bombe']) {
      expect(conceptsIn(text, scanner).flat(), text).to.include('weapons2');
    }
  });

  it('is refused when a byte differs', () => {
    const broken = Buffer.from(shipped);
    broken[broken.length - 5] = (broken.at(-5) ?? 0) ^ 1;
    expect(() => decodeLexicon(broken, CONCEPTS, 'x.bin')).to.throw('x.bin: checksum is');
  });

  it('is refused when it was compiled for other concepts', () => {
    expect(() => decodeLexicon(shipped, CONCEPTS.slice(1), 'x.bin')).to.throw('x.bin: was compiled for other concepts');
  });
});

describe('compileLexicons', () => {
  const scanner = new ConceptScanner(
    compileLexicons([
      { language: 'one', phrases: { kill: 'slay*', hurt: 'slayed, wound' } },
      { language: 'two', phrases: { prevent: 'wound', learn: 'slay time' } },
    ]),
  );
  for (const [text, expected] of [
    ['wound', [['hurt', 'prevent']]],
    ['wounds', []],
    ['slaying', [['kill']]],
    ['slayed', [['kill', 'hurt']]],
    ['sl4y1ng', [['kill']]],
    ['a w0und t1me', [['hurt', 'prevent']]],
    ['Slay-time', [['kill', 'learn']]],
  ] as const) {
    it(`reads ${text} as ${expected.join(' and ') || 'nothing'}`, () => {
      expect(conceptsIn(text, scanner)).to.deep.equal(expected);
    });
  }

  it('packs the same lexicons into the same bytes', () => {
    const pack = (): Buffer =>
      encodeLexicon(compileLexicons([{ language: 'one', phrases: { kill: 'slay*' } }]), CONCEPTS);
    expect(pack().equals(pack())).to.equal(true);
  });
});
