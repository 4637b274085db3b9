import { resolve } from 'node:path';
import { expect } from 'chai';
import { evaluateSafety, safetyReport } from '../../train/eval-safety.js';

describe('the evaluation of the safety filter', () => {
  const evaluation = evaluateSafety(resolve(import.meta.dirname, '../fixtures/policies'));
  const [line] = evaluation.sources;

  it('counts harmful and harmless texts by source', () => {
    expect(line).to.include({ source: 'own sentences', harmful: 12, harmless: 12 });
  });

  it('finds more of the harmful texts than of the harmless ones, and standard no more than strict', () => {
    const { recall, falsePositives } = line ?? {};
    expect(recall?.standard).to.be.greaterThan(falsePositives?.standard ?? 1);
    expect(recall?.strict).to.be.at.least(recall?.standard ?? 1);
  });

  it('ranks by category', () => {
    const [all, ...categories] = evaluation.precision;
    expect(all).to.include({ category: 'all', rows: 12 });
    expect(categories.map(({ category, rows }) => [category, rows])).to.deep.include.members([
      ['self_harm', 1],
      ['weapons', 2],
      ['drugs', 2],
    ]);
  });

  it('prints a table', () => {
    expect(safetyReport(evaluation)).to.match(/^own sentences +12 .* 12 .* %$/m);
    expect(safetyReport(evaluation)).to.match(/^all +12 rows {2}AUPRC [01]\.\d{3}$/m);
  });

  it('has no lines where there are no rows', () => {
    expect(evaluateSafety(import.meta.dirname)).to.deep.include({ sources: [], precision: [] });
  });
});
