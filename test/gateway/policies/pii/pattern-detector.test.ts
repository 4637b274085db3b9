import { expect } from 'chai';
import fc from 'fast-check';
import { MAX_PATTERN_MATCH, PatternDetector } from '../../../../src/gateway/policies/pii/pattern-detector.js';
import type { Finding } from '../../../../src/gateway/policies/finding.js';
import { MergedDetector } from '../../../../src/gateway/policies/stream/merged-finder.js';
import { findSpans, type SpanDetector } from '../../../../src/gateway/policies/stream/span-finder.js';
import { LiteralDetector } from '../stream/literal-finder.js';

function found(detector: SpanDetector, text: string): string[] {
  return findSpans(detector, text).map(({ start, end }) => text.slice(start, end));
}

function inChunks(detector: SpanDetector, text: string, lengths: readonly number[]): Finding[] {
  const finder = detector.lane();
  const findings: Finding[] = [];
  let at = 0;
  for (const length of [...lengths, text.length]) {
    const before = finder.decided;
    for (const finding of finder.push(text.slice(at, at + length))) {
      expect(finding.start).to.be.at.least(before);
      expect(finding.end).to.be.at.most(finder.decided);
      findings.push(finding);
    }
    at += length;
  }
  findings.push(...finder.flush());
  expect(finder.decided).to.equal(text.length);
  return findings;
}

describe('a pattern of the operator', () => {
  for (const [pattern, text, ...expected] of [
    ['EMP-\\d{4}', 'EMP-1234, EMP-12 EMP-99999', 'EMP-1234', 'EMP-9999'],
    ['\\bEMP-\\d{4}\\b', 'XEMP-1234 EMP-1234 EMP-99999', 'EMP-1234'],
    ['(?i)project \\w+', 'Project X, PROJECT y', 'Project X', 'PROJECT y'],
    ['ab?c|xyz', 'abc ac xyz', 'abc', 'ac', 'xyz'],
    ['a+', 'caaat', 'aaa'],
    ['key: .*', `key: ${'x'.repeat(400)}`, `key: ${'x'.repeat(MAX_PATTERN_MATCH - 5)}`],
  ] as const) {
    it(`${pattern} finds ${expected.map((match) => match.slice(0, 12)).join(', ')}`, () => {
      expect(found(new PatternDetector('OWN', pattern), text)).to.deep.equal(expected);
    });
  }

  it('leaves alone what is allowed', () => {
    expect(found(new PatternDetector('OWN', 'EMP-\\d{4}', ['emp-0000']), 'EMP-0000 EMP-0001')).to.deep.equal([
      'EMP-0001',
    ]);
  });

  for (const pattern of ['EMP-\\d{1,9}', '\\bab\\b', '[a-c]+\\d', 'a.*z', '(?:ab)+c?', 'x{3,}$']) {
    it(`${pattern} finds the same however the text is cut`, () => {
      const detector = new PatternDetector('OWN', pattern);
      const text = fc
        .array(fc.constantFrom('a', 'b', 'c', 'z', 'x', 'EMP-', '1', '42', ' ', '\n', '🙂', 'x'.repeat(300)), {
          maxLength: 40,
        })
        .map((pieces) => pieces.join(''));
      fc.assert(
        fc.property(text, fc.array(fc.integer({ min: 1, max: 150 })), (whole, cuts) => {
          expect(inChunks(detector, whole, cuts)).to.deep.equal(findSpans(detector, whole));
        }),
        { numRuns: 60 },
      );
    });
  }

  it('merges with other detectors: what starts first stays', () => {
    const merged = new MergedDetector([
      new LiteralDetector('bcd', 'A'),
      new LiteralDetector('ab', 'B'),
      new LiteralDetector('d', 'C'),
    ]);
    const labels = findSpans(merged, 'abcd bcd d').map(({ label, start }) => `${label}${start}`);
    expect(labels).to.deep.equal(['B0', 'C3', 'A5', 'C9']);
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', ' ') });
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 1, max: 4 })), (whole, cuts) => {
        expect(inChunks(merged, whole, cuts)).to.deep.equal(findSpans(merged, whole));
      }),
    );
  });
});
