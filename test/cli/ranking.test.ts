import { expect } from 'chai';
import fc from 'fast-check';
import { areaUnderRoc, averagePrecision, pointAt, type Ranked } from '../../src/cli/ranking.js';

describe('averagePrecision', () => {
  for (const [name, ranking, expected] of [
    ['a perfect ranking', '++--', 1],
    ['the worst ranking', '--++', (1 / 3 + 2 / 4) / 2],
    ['a mixed ranking', '+-+-', (1 + 2 / 3) / 2],
    ['nothing to find', '--', 0],
    ['no examples', '', 0],
  ] as const) {
    it(`is ${expected.toFixed(3)} for ${name}`, () => {
      expect(averagePrecision(examplesOf(ranking))).to.be.closeTo(expected, 1e-12);
    });
  }

  it('finds equal scores together: a ranking that says nothing scores the share of positives', () => {
    const examples = '+--+-'.split('').map((sign) => ({ score: 0, positive: sign === '+' }));
    expect(averagePrecision(examples)).to.equal(2 / 5);
  });
});

describe('areaUnderRoc', () => {
  for (const [name, ranking, expected] of [
    ['a perfect ranking', '++--', 1],
    ['the worst ranking', '--++', 0],
    ['one pair of four in the wrong order', '+-+-', 0.75],
  ] as const) {
    it(`is ${expected} for ${name}`, () => {
      expect(areaUnderRoc(examplesOf(ranking))).to.equal(expected);
    });
  }

  it('is a half where all scores are equal', () => {
    expect(areaUnderRoc(examplesOf('+-+--').map(({ positive }) => ({ score: 1, positive })))).to.equal(0.5);
  });

  it('is the share of pairs in the right order, whatever the scores', () => {
    const example = fc.record({ score: fc.integer({ min: 0, max: 5 }), positive: fc.boolean() });
    fc.assert(
      fc.property(fc.array(example), (examples) => {
        const [positives, negatives] = [true, false].map((side) =>
          examples.filter(({ positive }) => positive === side),
        );
        fc.pre(positives !== undefined && negatives !== undefined && positives.length * negatives.length > 0);
        const wins = positives.flatMap(({ score: a }) =>
          negatives.map(({ score: b }): number => (a > b ? 1 : a === b ? 0.5 : 0)),
        );
        expect(areaUnderRoc(examples)).to.be.closeTo(wins.reduce((x, y) => x + y, 0) / wins.length, 1e-12);
      }),
    );
  });

  it('is nothing without positives or without negatives', () => {
    for (const ranking of ['', '++', '--']) expect(areaUnderRoc(examplesOf(ranking))).to.be.NaN;
  });
});

describe('pointAt', () => {
  it('is the lowest threshold that finds no more of the negatives than allowed', () => {
    expect(pointAt(examplesOf('++-+-'), 0.5)).to.deep.equal({ threshold: -3, recall: 1, falsePositiveRate: 0.5 });
    expect(pointAt(examplesOf('++-+-'), 0.49)).to.deep.equal({ threshold: -1, recall: 2 / 3, falsePositiveRate: 0 });
  });

  it('is nothing where the highest score finds too many, or one side is missing', () => {
    for (const ranking of ['-+', '++', '--', '']) expect(pointAt(examplesOf(ranking), 0.1)).to.equal(undefined);
  });
});

/** Examples in falling order of their scores: 0, -1, … */
function examplesOf(ranking: string): Ranked[] {
  return Array.from(ranking, (sign, i) => ({ score: -i, positive: sign === '+' }));
}
