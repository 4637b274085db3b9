import { resolve } from 'node:path';
import { expect } from 'chai';
import { evaluateInjection, injectionReport } from '../../train/eval-injection.js';

describe('the evaluation of the injection detector', () => {
  const evaluation = evaluateInjection(resolve(import.meta.dirname, '../fixtures/policies'));

  it('counts attacks and harmless texts', () => {
    expect(evaluation).to.include({ attacks: 12, harmless: 12 });
    const rows = evaluation.sources.map(({ kind, label, rows: count }) => [kind, label, count]);
    expect(rows).to.deep.include.members([
      ['direct_override', 1, 4],
      ['hard_negative', 0, 5],
    ]);
  });

  it('finds no more at a higher threshold, and more attacks than harmless texts', () => {
    for (const { at } of evaluation.sources) {
      expect(at['0.5']).to.be.at.least(at['0.8']);
      expect(at['0.8']).to.be.at.least(at['0.95']);
    }
    expect(evaluation.auprc).to.be.within(0.9, 1);
    expect(evaluation.macroRecallAt1PercentFalse).to.be.greaterThan(evaluation.falsePositives);
    expect(evaluation.overDefenceAccuracy).to.be.within(0.8, 1);
  });

  it('compares encoded attacks with the same in plain text', () => {
    expect(evaluation.obfuscated).to.deep.equal({ rows: 1, encoded: 1, plain: 1 });
  });

  it('prints a table', () => {
    expect(injectionReport(evaluation)).to.match(/^own sentences +direct_override +4 .* %$/m);
    expect(injectionReport(evaluation)).to.match(/^all 12 attacks against all 12 harmless texts: AUPRC [01]\.\d{3}$/m);
  });

  it('has no lines where there are no rows', () => {
    expect(evaluateInjection(import.meta.dirname)).to.deep.include({ sources: [], attacks: 0, harmless: 0 });
  });
});
