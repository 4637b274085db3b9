import { expect } from 'chai';
import fc from 'fast-check';
import { createRedactor, type RedactionOptions } from '../../../../../src/gateway/policies/pii/redaction/redactor.js';
import type { Finding } from '../../../../../src/gateway/policies/finding.js';
import type { Lane } from '../../../../../src/gateway/policies/stream/judged-lane.js';

const OPTIONS: RedactionOptions = { marker_format: 'label', preserve_length: false, custom_markers: {} };

function finding(label: string): Finding {
  return { label, start: 0, end: 1, score: 1 };
}

function replaced(options: Partial<RedactionOptions>, label: string, found: string): string {
  return createRedactor({ ...OPTIONS, ...options }).replace(found, finding(label));
}

describe('redaction of personal data', () => {
  const card = '4111 1111 1111 1234';
  for (const [name, options, label, found, expected] of [
    ['label', {}, 'CREDIT_CARD', card, '[CREDIT_CARD]'],
    ['a marker of one\u2019s own', { custom_markers: { CREDIT_CARD: '(card)' } }, 'CREDIT_CARD', card, '(card)'],
    ['mask', { marker_format: 'mask' }, 'CREDIT_CARD', card, '********'],
    ['mask of the same length', { marker_format: 'mask', preserve_length: true }, 'PASSWORD', 'abc', '***'],
    ['partial of a card', { marker_format: 'partial' }, 'CREDIT_CARD', card, '****1234'],
    [
      'partial of a card, same length',
      { marker_format: 'partial', preserve_length: true },
      'CREDIT_CARD',
      card,
      '***************1234',
    ],
    ['partial of a phone number', { marker_format: 'partial' }, 'PHONE_NUMBER', '+44 20 7946 09-58', '****0958'],
    ['partial of anything else', { marker_format: 'partial' }, 'PASSWORD', 'hunter2', '********'],
    ['partial of something as short as what would show', { marker_format: 'partial' }, 'PHONE_NUMBER', '1234', '****'],
  ] as const) {
    it(`writes ${name}`, () => {
      expect(replaced(options, label, found)).to.equal(expected);
    });
  }

  describe('as a hash', () => {
    const hash = { marker_format: 'hash', hashKey: 'k'.repeat(32) } as const;

    it('is equal for equal texts of one type under one key, and for nothing else', () => {
      const one = replaced(hash, 'EMAIL_ADDRESS', 'ann@example.org');
      expect(one).to.match(/^\[EMAIL_ADDRESS:[0-9a-f]{16}\]$/);
      expect(replaced(hash, 'EMAIL_ADDRESS', 'ann@example.org')).to.equal(one);
      expect(replaced(hash, 'EMAIL_ADDRESS', 'bob@example.org')).not.to.equal(one);
      expect(replaced(hash, 'USERNAME', 'ann@example.org').slice(-17)).not.to.equal(one.slice(-17));
      expect(replaced({ ...hash, hashKey: 'l'.repeat(32) }, 'EMAIL_ADDRESS', 'ann@example.org')).not.to.equal(one);
    });

    it('is refused without a key', () => {
      expect(() => createRedactor({ ...OPTIONS, marker_format: 'hash' })).to.throw(RangeError, 'expected a key');
    });
  });

  describe('as a token', () => {
    const token = { ...OPTIONS, marker_format: 'token' } as const;

    it('gives equal texts one placeholder and others another', () => {
      const redactor = createRedactor(token);
      const write = (label: string, found: string): string => redactor.replace(found, finding(label));
      expect(write('EMAIL_ADDRESS', 'a@x.org')).to.equal('<EMAIL_ADDRESS_1>');
      expect(write('EMAIL_ADDRESS', 'b@x.org')).to.equal('<EMAIL_ADDRESS_2>');
      expect(write('EMAIL_ADDRESS', 'a@x.org')).to.equal('<EMAIL_ADDRESS_1>');
      expect(write('US_SSN', 'a@x.org')).to.equal('<US_SSN_1>');
    });

    for (const written of [
      '<EMAIL_ADDRESS_1>',
      '<email_address_1>',
      '< EMAIL ADDRESS 1 >',
      '<Email Address_1>',
      '<EMAIL\\_ADDRESS\\_1>',
      '\\<EMAIL_ADDRESS_1\\>',
    ]) {
      it(`puts the original back where a model writes ${written}`, () => {
        const restorer = restoring({ EMAIL_ADDRESS: ['ann@example.org'] }, false);
        expect(all(restorer, [`Write to ${written}, please.`])).to.match(/^Write to \\?ann@example\.org, please\.$/);
      });
    }

    it('tells the first of many from the tenth, and leaves alone what it never gave out', () => {
      const mails = Array.from({ length: 12 }, (_, k) => `m${k + 1}@x.org`);
      const restorer = restoring({ EMAIL_ADDRESS: mails }, false);
      const text = '<EMAIL_ADDRESS_1> <EMAIL_ADDRESS_12> <EMAIL_ADDRESS_13> <US_SSN_1> a < b <p>1</p>';
      expect(all(restorer, [text])).to.equal('m1@x.org m12@x.org <EMAIL_ADDRESS_13> <US_SSN_1> a < b <p>1</p>');
    });

    it('keeps the JSON of tool arguments JSON', () => {
      const restorer = restoring({ PASSWORD: ['a"b\\c\n'] }, true);
      const json = all(restorer, ['{"p":"<PASS', 'WORD_1>","q":"\\u003cPASSWORD_1\\u003e"}']);
      expect(JSON.parse(json)).to.deep.equal({ p: 'a"b\\c\n', q: 'a"b\\c\n' });
    });

    it('restores nothing where nothing was replaced', () => {
      expect(createRedactor(token).restorer(false)).to.equal(undefined);
    });

    it('labels what the answer brings up by itself', () => {
      const redactor = createRedactor(token);
      redactor.replace('a@x.org', finding('EMAIL_ADDRESS'));
      redactor.restorer(false);
      expect(redactor.replace('a@x.org', finding('EMAIL_ADDRESS'))).to.equal('<EMAIL_ADDRESS_1>');
      expect(redactor.replace('new@x.org', finding('EMAIL_ADDRESS'))).to.equal('[EMAIL_ADDRESS]');
    });

    it('restores the same however the answer is cut', () => {
      const piece = fc.oneof(
        fc.constantFrom(
          '<EMAIL_ADDRESS_1>',
          '<EMAIL_ADDRESS_2>',
          '< us ssn 1 >',
          '<',
          '<<',
          '<EMAIL_',
          '_1>',
          '\\',
          '🙂',
          ' ',
        ),
        fc.string({ unit: 'grapheme', maxLength: 8 }),
      );
      const originals = { EMAIL_ADDRESS: ['a@x.org', '<b>@y.org'], US_SSN: ['536-90-4399'] };
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 7 })), (pieces, cuts) => {
          const text = pieces.join('');
          expect(all(restoring(originals, false), cutUp(text, cuts))).to.equal(
            all(restoring(originals, false), [text]),
          );
        }),
      );
    });

    it('gives back what it took, for any texts', () => {
      const texts = fc.array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1, maxLength: 20 });
      fc.assert(
        fc.property(texts, fc.array(fc.integer({ min: 1, max: 9 })), (originals, cuts) => {
          const redactor = createRedactor(token);
          const sent = originals.map((original) => redactor.replace(original, finding('PERSON'))).join(', ');
          const restorer = redactor.restorer(false) as Lane;
          expect(all(restorer, cutUp(sent, cuts))).to.equal(originals.join(', '));
        }),
      );
    });

    function restoring(originals: Readonly<Record<string, readonly string[]>>, isJson: boolean): Lane {
      const redactor = createRedactor(token);
      for (const [label, texts] of Object.entries(originals)) {
        for (const text of texts) redactor.replace(text, finding(label));
      }
      return redactor.restorer(isJson) as Lane;
    }
  });
});

function all(lane: Lane, chunks: readonly string[]): string {
  return chunks.map((chunk) => lane.push(chunk)).join('') + lane.flush();
}

function cutUp(text: string, lengths: readonly number[]): string[] {
  const chunks: string[] = [];
  let rest = text;
  for (const length of lengths) {
    chunks.push(rest.slice(0, length));
    rest = rest.slice(length);
  }
  return [...chunks, rest];
}
