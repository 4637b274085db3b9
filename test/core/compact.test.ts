import { expect } from 'chai';
import { compact } from '../../src/core/compact.js';

describe('compact', () => {
  it('leaves out undefined and keeps null, false, 0 and empty strings', () => {
    expect(compact({ a: undefined, b: null, c: false, d: 0, e: '' })).to.deep.equal({ b: null, c: false, d: 0, e: '' });
  });
});
