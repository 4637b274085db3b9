import { expect } from 'chai';
import fc from 'fast-check';
import { didYouMean, editDistance } from '../../src/config/did-you-mean.js';

const KNOWN = ['aws_region', 'aws_profile', 'timeout_seconds', 'stream_timeout_seconds', 'weight', 'id'];

describe('didYouMean', () => {
  for (const [name, expected] of [
    ['awsRegion', 'aws_region'],
    ['AWS-REGION', 'aws_region'],
    ['aws_regoin', 'aws_region'],
    ['region', 'aws_region'],
    ['timeout', 'timeout_seconds'],
    ['wieght', 'weight'],
    ['seconds', undefined],
    ['colour', undefined],
    ['x'.repeat(1_000), undefined],
  ] as const) {
    it(`takes ${name.slice(0, 20)} for ${expected ?? 'nothing'}`, () => {
      expect(didYouMean(name, KNOWN)).to.equal(expected);
    });
  }
});

describe('editDistance', () => {
  it('counts letters added, left out, exchanged and swapped', () => {
    expect(editDistance('', 'abc')).to.equal(3);
    expect(editDistance('abc', 'abd')).to.equal(1);
    expect(editDistance('abc', 'acb')).to.equal(1);
    expect(editDistance('kitten', 'sitting')).to.equal(3);
  });

  it('is symmetric, zero for equals, and at most the longer length', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, b)).to.equal(editDistance(b, a));
        expect(editDistance(a, b) === 0).to.equal(a === b);
        expect(editDistance(a, b)).to.be.at.most(Math.max(a.length, b.length));
      }),
    );
  });
});
