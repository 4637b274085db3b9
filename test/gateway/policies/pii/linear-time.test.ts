import { expect } from 'chai';
import { compilePiiDetector } from '../../../../src/gateway/policies/pii/compile.js';
import { ENTITY_TYPES } from '../../../../src/gateway/policies/pii/entity-types.js';
import { LaneText } from '../../../../src/gateway/policies/stream/lane-text.js';

/** Beginnings of everything that is looked for, repeated without end: what costs most per unit of text. */
// prettier-ignore
const HOSTILE = [
  'a', 'aB3/', '1', '1 ', '12-34 ', '(1', '+1', '1.2.3.', '1/1/', '4111 ', '555-', '12 Long ', 'May 1, ', '１', '1\u200b', 'a.', 'a@', '@',
  '://a', 'http://a.b/', ':', 'ab:', '::1', '00:11:', '-', '-----BEGIN PRIVATE KEY-----\n', 'eyJ', 'eyJhbGciOiJIUzI1NiJ9.', 'sk-', 'ghp_',
  'key=', 'password is ', 'password for the ', 'user: ', 'ssn ', 'plate ', 'GB82 ', 'ABCDEFGH ', 'Anna Maria ', 'ssn,phone\n1,2\n', '{"a":',
  '"', '密码', '🙂', 'e\u0301', '\r\n', ' ',
];

describe('the cost of the PII detector', () => {
  const detector = compilePiiDetector(new Set(ENTITY_TYPES));

  for (const beginning of HOSTILE) {
    it(`grows with the length of the text for ${JSON.stringify(beginning)} and so on`, function () {
      this.timeout(60_000);
      const [short, long] = [reads(beginning, 4_000), reads(beginning, 32_000)];
      // Eight times the text, eight times the reads, with some for the ends.
      expect(long).to.be.at.most(9 * short + 40_000);
      expect(long / 32_000).to.be.at.most(1_500);
    });
  }

  it('judges a megabyte without spaces that comes one character at a time', function () {
    this.timeout(120_000);
    const finder = detector.lane();
    for (let k = 0; k < 1_000_000; k += 1) finder.push('a');
    finder.flush();
    expect(finder.decided).to.equal(1_000_000);
  });

  /** How many units are looked at one by one while a text of so many units is judged, whole and then in small pieces. */
  function reads(beginning: string, length: number): number {
    const text = beginning.repeat(Math.ceil(length / beginning.length)).slice(0, length);
    const counted = new CountingText();
    const whole = detector.lane(counted);
    whole.push(text);
    whole.flush();
    const countedPieces = new CountingText();
    const pieces = detector.lane(countedPieces);
    for (let at = 0; at < length; at += 3) pieces.push(text.slice(at, at + 3));
    pieces.flush();
    return counted.reads + countedPieces.reads;
  }
});

/** Counts the units that recognisers look at. */
class CountingText extends LaneText {
  reads = 0;

  override at(position: number): number {
    this.reads += 1;
    return super.at(position);
  }

  override slice(start: number, end: number): string {
    this.reads += Math.max(0, end - start);
    return super.slice(start, end);
  }
}
