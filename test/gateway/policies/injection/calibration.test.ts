import { expect } from 'chai';
import * as fc from 'fast-check';
import { lengthAllowance } from '../../../../src/gateway/policies/injection/calibration.js';

describe('lengthAllowance', () => {
  it('takes nothing off a text of no length', () => {
    expect(lengthAllowance(0)).to.equal(0);
  });

  it('never takes less off a longer text, and no more however long it is', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), (length, more) => {
        expect(lengthAllowance(length + more)).to.be.at.least(lengthAllowance(length));
        expect(lengthAllowance(length)).to.be.at.most(lengthAllowance(16_384));
      }),
    );
  });
});
