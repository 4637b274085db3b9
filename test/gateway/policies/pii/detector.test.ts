import { expect } from 'chai';
import fc from 'fast-check';
import { compilePiiDetector } from '../../../../src/gateway/policies/pii/compile.js';
import { ENTITY_TYPES, groupOf } from '../../../../src/gateway/policies/pii/entity-types.js';
import type { Finding } from '../../../../src/gateway/policies/finding.js';
import { findSpans } from '../../../../src/gateway/policies/stream/span-finder.js';
import { piiSample } from './sample.js';

const structured = new Set(ENTITY_TYPES.filter((type) => groupOf(type) !== 'best_effort'));
const detector = compilePiiDetector(structured);
const everything = compilePiiDetector(new Set(ENTITY_TYPES));
const sample = piiSample();

/** `LABEL:text` of everything found. */
function found(text: string): string[] {
  return findSpans(detector, text).map(({ label, start, end }) => `${label}:${text.slice(start, end)}`);
}

describe('the PII detector', () => {
  describe('on the sample', () => {
    for (const { id, text, entities } of sample) {
      it(`finds what ${id} holds, and nothing else`, () => {
        const expected = entities.filter(({ type }) => (structured as ReadonlySet<string>).has(type));
        expect(found(text)).to.deep.equal(expected.map(({ type, start, end }) => `${type}:${text.slice(start, end)}`));
      });
    }
  });

  describe('on forms that the sample lacks', () => {
    for (const [text, ...expected] of [
      // Digits in other clothes
      ['Card ４１１１－１１１１－１１１１－１１１１.', 'CREDIT_CARD:４１１１－１１１１－１１１１－１１１１'],
      ['SSN 536\u201190\u20114399', 'US_SSN:536\u201190\u20114399'],
      ['Card 4111\u200b1111\u200b1111\u200b1111 ok', 'CREDIT_CARD:4111\u200b1111\u200b1111\u200b1111'],
      ['call +44\u00a020\u00a07946\u00a00958', 'PHONE_NUMBER:+44\u00a020\u00a07946\u00a00958'],
      ['هاتف +٩٦٦٥٠١٢٣٤٥٦٧', 'PHONE_NUMBER:+٩٦٦٥٠١٢٣٤٥٦٧'],
      // Keys of other formats are context
      ['<phone>2025550143</phone>', 'PHONE_NUMBER:2025550143'],
      ['contact_phone: "2025550143"', 'PHONE_NUMBER:2025550143'],
      ['id;iban;bsn\n1;NL91ABNA0417164300;111222333\n', 'IBAN_CODE:NL91ABNA0417164300', 'NL_BSN:111222333'],
      ['| name | ssn |\n|---|---|\n| A | 536904399 |\n', 'US_SSN:536904399'],
      ['billingSSN=536904399&next=1', 'US_SSN:536904399'],
      ['mobile 1 (702) 397-3920', 'PHONE_NUMBER:1 (702) 397-3920'],
      // Behind the value
      ['536904399 is my SSN', 'US_SSN:536904399'],
      // URLs
      ['postgres://app:s3cr3t-pw@db.internal:5432/x', 'PASSWORD:s3cr3t-pw'],
      ['see https://example.org/a?b=1).', 'URL:https://example.org/a?b=1'],
      ['http://localhost:8080/v1/items/42334'],
      // Not what they look like
      ['Chrome/120.0.0.0 Safari/537.36'],
      ['released 10.0.19041.1 yesterday, version 10.0.19041.1'],
      ['const x = 4111111111111112;'],
      ['uuid 550e8400-e29b-41d4-a716-446655440000'],
      ['std::vector<int> a::b(c::d);'],
      ['the password is required and the token is missing'],
      ['password: string; apiKey: process.env.API_KEY'],
      ['1,234,567,890 rows in 2024-03-15T10:11:12.123456Z'],
    ] as const) {
      it(`reads ${JSON.stringify(text)}`, () => {
        expect(found(text)).to.deep.equal(expected);
      });
    }
  });

  describe('in chunks', () => {
    for (const { id, text, chunks } of sample.filter((row) => row.chunks)) {
      it(`finds in ${id} what it finds in the whole, cut as a model would`, () => {
        expect(inChunks(text, chunks ?? [])).to.deep.equal(findSpans(detector, text));
      });
    }

    for (const { id, text } of sample.filter((row) => row.text.length < 400)) {
      it(`finds in ${id} what it finds in the whole, cut in two anywhere and into single units`, () => {
        const whole = findSpans(detector, text);
        expect(
          inChunks(
            text,
            Array.from({ length: text.length }, () => 1),
          ),
        ).to.deep.equal(whole);
        for (let cut = 1; cut < text.length; cut += 1) expect(inChunks(text, [cut])).to.deep.equal(whole);
      });
    }

    it('finds the same in random texts with entities, however they are cut', () => {
      const parts = sample.flatMap(({ text, entities }) => entities.map(({ start, end }) => text.slice(start, end)));
      const glue = fc.oneof(
        fc.constantFrom(
          ' ',
          '\n',
          '\r\n',
          ', ',
          ': ',
          '"',
          '@',
          '-',
          '.',
          '\u200b',
          'e\u0301',
          '🙂',
          'ssn ',
          'phone: ',
          '密码：',
          '://',
        ),
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.string({ unit: 'binary', maxLength: 6 }),
      );
      const text = fc
        .array(fc.oneof(fc.constantFrom(...parts), glue), { maxLength: 14 })
        .map((pieces) => pieces.join(''));
      fc.assert(
        fc.property(text, fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 60 }), (whole, cuts) => {
          expect(inChunks(whole, cuts)).to.deep.equal(findSpans(detector, whole));
          expect(inChunks(whole, cuts, everything)).to.deep.equal(findSpans(everything, whole));
        }),
        { numRuns: 400 },
      );
    });
  });

  describe('with names, addresses and ages', () => {
    for (const [text, ...expected] of [
      ['Dear Ms. Ada Byron-King,', 'PERSON:Ms. Ada Byron-King'],
      ['Ich heiße Jürgen van der Berg und bin 38 Jahre alt.', 'PERSON:Jürgen van der Berg', 'AGE:38'],
      ['{"name": "Zyx Qwert", "age": 41}', 'PERSON:Zyx Qwert', 'AGE:41'],
      ['We met Patricia Lane in New York.', 'PERSON:Patricia Lane'],
      ['Ship to 12 Long Road, Leeds, LS1 4AB today', 'STREET_ADDRESS:12 Long Road, Leeds, LS1 4AB'],
      [
        'Ship to 947 Sara Orchard Apt. 446, Springfield, NE 16952.',
        'STREET_ADDRESS:947 Sara Orchard Apt. 446, Springfield, NE 16952',
      ],
      ['wohnt Lindenstraße 12a, 91604 Guben', 'STREET_ADDRESS:Lindenstraße 12a, 91604 Guben'],
      ['habite 12 rue de la Paix, 75002 Paris', 'STREET_ADDRESS:12 rue de la Paix, 75002 Paris'],
      ['The Quick Start Guide describes New Features Of The API in 38 pages.'],
    ] as const) {
      it(`reads ${JSON.stringify(text)}`, () => {
        const spans = findSpans(everything, text).map(({ label, start, end }) => `${label}:${text.slice(start, end)}`);
        expect(spans).to.deep.equal(expected);
      });
    }
  });

  it('holds back about a word of ordinary prose', () => {
    const finder = detector.lane();
    let [held, pushed] = [0, 0];
    const prose =
      'The weather was fine and nobody had anything to say about the proposal that we reviewed last week. '.repeat(20);
    for (const piece of prose.match(/\s?\S+/g) ?? []) {
      finder.push(piece);
      pushed += piece.length;
      held = Math.max(held, pushed - finder.decided);
    }
    expect(held).to.be.at.most(16);
  });

  it('says of each finding no more than its label, place, score and grounds', () => {
    const [finding] = findSpans(detector, 'SSN 536-90-4399');
    expect(finding).to.deep.equal({ label: 'US_SSN', start: 4, end: 15, score: 1, evidence: ['checksum'] });
  });
});

/** Checks the contract of `decided` on the way. Lengths beyond the text are ignored; what they do not cover is the last chunk. */
function inChunks(text: string, lengths: readonly number[], by = detector): Finding[] {
  const finder = by.lane();
  const findings: Finding[] = [];
  let at = 0;
  const take = (chunk: string): void => {
    const before = finder.decided;
    const certain = finder.push(chunk);
    for (const { start, end } of certain) {
      expect(start).to.be.at.least(before);
      expect(end).to.be.at.most(finder.decided);
    }
    findings.push(...certain);
    at += chunk.length;
    expect(/[\ud800-\udbff]$/.test(text.slice(0, finder.decided)) && finder.decided < at).to.equal(false);
  };
  for (const length of lengths) if (at < text.length) take(text.slice(at, at + length));
  take(text.slice(at));
  findings.push(...finder.flush());
  expect(finder.decided).to.equal(text.length);
  return findings;
}
