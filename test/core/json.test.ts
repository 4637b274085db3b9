import { expect } from 'chai';
import { isDeeperThan } from '../../src/core/json.js';

describe('isDeeperThan', () => {
  for (const [name, value, deeper] of [
    ['a string', 'x', false],
    ['null', null, false],
    ['two levels', { a: [] }, false],
    ['three levels', { a: [{}] }, true],
    ['three levels behind many shallow ones', [...Array.from({ length: 100 }, () => 1), [[]]], true],
  ] as const) {
    it(`says ${deeper} of ${name} for a limit of two`, () => {
      expect(isDeeperThan(value, 2)).to.equal(deeper);
    });
  }

  it('judges a million levels without stack', () => {
    expect(isDeeperThan(JSON.parse('['.repeat(1_000_000) + ']'.repeat(1_000_000)), 100)).to.equal(true);
  });
});
