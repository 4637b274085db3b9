import { expect } from 'chai';
import { backoffMs } from '../../src/core/backoff.js';

describe('backoffMs', () => {
  for (const [attempt, random, expected] of [
    [1, 0.5, 50],
    [1, 0, 0],
    [2, 0.5, 100],
    [4, 0.5, 400],
    [9, 0.5, 1_000],
    [2_000, 0.5, 1_000],
  ] as const) {
    it(`waits ${expected} ms before retry ${attempt} when the die shows ${random}`, () => {
      expect(backoffMs(attempt, { baseMs: 100, maxMs: 2_000 }, () => random)).to.equal(expected);
    });
  }
});
