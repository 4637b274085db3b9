import { expect } from 'chai';
import { decodeLinearModel, encodeLinearModel } from '../../../../src/gateway/policies/text/linear-model.js';

describe('linear model files', () => {
  const model = {
    about: { seed: 7 },
    heads: [
      { name: 'first', weights: Int8Array.of(1, -2, 127, -128), scale: 0.5, bias: -1 },
      { name: 'second', weights: Int8Array.of(9), scale: 0.25, bias: 2 },
    ],
  };
  const file = encodeLinearModel(model);

  it('read back what was written', () => {
    expect(decodeLinearModel(file, 'm.bin')).to.deep.equal(model);
  });

  it('are refused when a byte of the weights differs', () => {
    const broken = Buffer.from(file);
    broken[broken.length - 1] = 8;
    expect(() => decodeLinearModel(broken, 'm.bin')).to.throw(/^m\.bin: checksum is [0-9a-f]{64}, the header says/);
  });

  it('are refused when cut short', () => {
    expect(() => decodeLinearModel(file.subarray(0, -1), 'm.bin')).to.throw('checksum');
  });

  it('are refused when they are something else', () => {
    expect(() => decodeLinearModel(Buffer.from('{"a":1}\n'), 'm.bin')).to.throw('m.bin: not a file of format');
    expect(() => decodeLinearModel(Buffer.alloc(0), 'm.bin')).to.throw('m.bin: not a file of format');
  });
});
