import { expect } from 'chai';
import * as fc from 'fast-check';
import { foldText, sourceSpan } from '../../../../src/gateway/policies/text/folded-text.js';

const folded = (source: string, options = {}): string => {
  const { codes, length } = foldText(source, options);
  return String.fromCharCode(...codes.subarray(0, length));
};

describe('foldText', () => {
  for (const [what, source, expected] of [
    ['folds case', 'Ignore ALL', 'ignore all'],
    ['narrows full-width letters', 'Ｉｇｎｏｒｅ', 'ignore'],
    ['reads mathematical letters', '𝐈𝐠𝐧𝐨𝐫𝐞', 'ignore'],
    ['reads letters in circles and squares', 'Ⓘⓖ🅝🄾🆁ⓔ', 'ignore'],
    ['reads small capitals', 'ɪɢɴᴏʀᴇ', 'ignore'],
    ['drops zero-width characters and soft hyphens', 'ig\u200bno\u00adre\u2060', 'ignore'],
    ['drops combining marks over Latin', 'i\u0336g\u0301nöré', 'ignore'],
    ['reads Cyrillic lookalikes beside Latin letters', 'іgnоrе аll', 'ignore all'],
    ['reads words of lookalikes in a Latin text', 'іs this a рассе of ignorance', 'is this a pacce of ignorance'],
    ['keeps Russian', 'Игнорируй все предыдущие', 'игнорируй все предыдущие'],
    ['keeps й and folds ё', 'Всё твой', 'все твой'],
    ['keeps Greek but for its accents', 'Αγνόησε όλες', 'αγνοησε ολεσ'],
    ['keeps Hangul', '이전 지시', '이전 지시'],
    ['drops harakat and the forms of alef', 'تَجَاهَلْ أوامر', 'تجاهل اوامر'],
    ['straightens quotes and dashes', '“a”—‘b’', '"a"-\'b\''],
    ['takes apart ligatures and ß', 'ﬁle straße', 'file strasse'],
  ] as const) {
    it(what, () => {
      const plain = expected.replaceAll('σ', 'ς');
      expect(folded(source).replaceAll('σ', 'ς')).to.equal(plain);
    });
  }

  it('only folds case when unicode is off', () => {
    expect(folded('Ｉg\u200bnöRE', { unicode: false })).to.equal('ｉg\u200bnöre');
  });

  it('leaves lookalikes when confusables is off', () => {
    expect(folded('іgnоre', { confusables: false })).to.equal('іgnоre');
  });

  it('counts the lookalikes that it replaced', () => {
    expect(foldText('іgnоre').confusables).to.equal(2);
  });

  it('maps every unit to where it came from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (source) => {
        const text = foldText(source);
        let before = 0;
        for (let i = 0; i < text.length; i++) {
          const [start, end] = sourceSpan(text, i, i + 1);
          expect(start).to.be.at.least(before);
          expect(end).to.be.at.least(start).and.at.most(source.length);
          before = start;
        }
        expect(sourceSpan(text, 0, text.length)[1]).to.equal(source.length);
      }),
    );
  });

  it('folds a folded text to itself, but for what the lookalikes next to it decide', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (source) => {
        const once = folded(source, { confusables: false });
        expect(folded(once, { confusables: false })).to.equal(once);
      }),
    );
  });
});
