import { expect } from 'chai';
import { averagePrecision } from '../../train/average-precision.js';

describe('averagePrecision', () => {
  for (const [name, ranking, expected] of [
    ['a perfect ranking', '++--', 1],
    ['the worst ranking', '--++', (1 / 3 + 2 / 4) / 2],
    ['a mixed ranking', '+-+-', (1 + 2 / 3) / 2],
    ['nothing to find', '--', 0],
    ['no examples', '', 0],
  ] as const) {
    it(`is ${expected.toFixed(3)} for ${name}`, () => {
      const examples = ranking.split('').map((sign, i) => ({ score: -i, positive: sign === '+' }));
      expect(averagePrecision(examples)).to.be.closeTo(expected, 1e-12);
    });
  }

  it('finds equal scores together: a ranking that says nothing scores the share of positives', () => {
    const examples = '+--+-'.split('').map((sign) => ({ score: 0, positive: sign === '+' }));
    expect(averagePrecision(examples)).to.equal(2 / 5);
  });
});
