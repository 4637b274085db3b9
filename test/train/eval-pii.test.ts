import { resolve } from 'node:path';
import { expect } from 'chai';
import { evaluatePii } from '../../train/eval-pii.js';

describe('the evaluation of the PII detector', () => {
  const table = evaluatePii(resolve(import.meta.dirname, '../fixtures/policies'));

  it('counts what is found by type', () => {
    expect(table).to.match(/^CREDIT_CARD +5\d? +0 +0 {2}1\.000 {2}1\.000 {2}1\.000 {2}1\.000$/m);
    expect(table).to.match(/^all +\d+ +0 +0 /m);
  });

  it('counts names apart, and not as well', () => {
    const names = /^PERSON +(\d+) +(\d+) +(\d+)/m.exec(table);
    expect(Number(names?.[1])).to.be.greaterThan(0);
    expect(Number(names?.[2])).to.be.greaterThan(0);
  });

  it('says how many clean texts are touched, and what it costs', () => {
    expect(table).to.match(/^ {2}prose +0 of +\d+ {2}0\.00 %$/m);
    expect(table).to.match(/^cost \d+\.\d µs\/KB/m);
  });
});
