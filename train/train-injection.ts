import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lengthAllowance } from '../src/gateway/policies/injection/calibration.js';
import { compileLexicons } from '../src/gateway/policies/injection/compile-lexicons.js';
import { encodeLexicon } from '../src/gateway/policies/injection/compiled-lexicon.js';
import { CONCEPT_FEATURES } from '../src/gateway/policies/injection/concept-features.js';
import { ConceptScanner } from '../src/gateway/policies/injection/concept-scan.js';
import { LEXICONS } from '../src/gateway/policies/injection/lexicons.js';
import { RULES } from '../src/gateway/policies/injection/rules.js';
import { encodeLinearModel } from '../src/gateway/policies/text/linear-model.js';
import { makeBags, type Bag } from './bags.js';
import { fit, GRAM_SHARE, gramScale, windowScore, type Fitted } from './fit.js';
import { FOLDS, foldOf } from './folds.js';
import { quantised } from './logistic.js';
import { syntheticRows } from './synthetic.js';
import type { TrainingRow } from './training-row.js';

const SYNTHETIC_PER_FAMILY = 600;

/** What share of harmless texts of unseen sources may reach which score. */
const LEVELS: readonly (readonly [score: number, rate: number])[] = [
  [0.05, 0.5],
  [0.2, 0.1],
  [0.5, 0.02],
  [0.8, 0.005],
  [0.95, 0.001],
];

interface HeldOut {
  readonly row: TrainingRow;
  readonly raw: number;
}

/** Trains, calibrates on unseen sources, and writes `lexicon.bin`, `injection.bin` and `metrics.json` into `out`. */
export function trainInjection(
  rows: readonly TrainingRow[],
  out: string,
  seed: number,
  log: (line: string) => void,
): void {
  mkdirSync(out, { recursive: true });
  const lexicon = compileLexicons(LEXICONS);
  writeFileSync(join(out, 'lexicon.bin'), encodeLexicon(lexicon));
  const scanner = new ConceptScanner(lexicon);
  // Encoded copies of other rows teach nothing about intent: the decoders' business, and the evaluation's.
  const bags = makeBags(
    rows.filter(({ kind }) => !kind.startsWith('obfuscated')),
    scanner,
  );
  const synthetic = makeBags(syntheticRows(SYNTHETIC_PER_FAMILY, seed), scanner);
  log(`${bags.length} texts, ${synthetic.length} of our own grammars`);

  const heldOut = FOLDS.flatMap((fold) => {
    const unseen = bags.filter(({ row }) => foldOf(row) === fold);
    const model = fit([...bags.filter(({ row }) => foldOf(row) !== fold), ...synthetic], seed);
    log(`fold ${fold}: ${unseen.length} texts held out`);
    return unseen.map((bag): HeldOut => ({ row: bag.row, raw: highest(model, bag) }));
  });
  const knots = calibrate(heldOut);
  const metrics = measure(heldOut, knots);
  const model = fit([...bags, ...synthetic], seed);
  const grams = quantised(model.grams.weights);
  const concepts = quantised(model.concepts.weights.subarray(0, CONCEPT_FEATURES));
  const rules = quantised(model.concepts.weights.subarray(CONCEPT_FEATURES));
  const file = encodeLinearModel({
    about: { seed, rows: bags.length, gramShare: GRAM_SHARE, knots, ruleIds: RULES.map(({ id }) => id) },
    heads: [
      { name: 'grams', weights: grams.weights, scale: grams.scale * gramScale(), bias: model.grams.bias },
      { name: 'concepts', ...concepts, bias: model.concepts.bias },
      { name: 'rules', ...rules, bias: 0 },
    ],
  });
  writeFileSync(join(out, 'injection.bin'), file);
  writeFileSync(
    join(out, 'metrics.json'),
    `${JSON.stringify({ seed, rows: bags.length, knots, ...metrics }, null, 2)}\n`,
  );
  log(JSON.stringify(metrics.attacks, null, 1));
}

function highest(model: Fitted, { row, windows }: Bag): number {
  const worst = windows.reduce((highestYet, window) => Math.max(highestYet, windowScore(model, window)), -Infinity);
  return worst - lengthAllowance(row.text.length);
}

/** The raw score that only the stated share of unseen harmless texts exceeds, for each level. */
function calibrate(heldOut: readonly HeldOut[]): [number, number][] {
  const harmless = heldOut.filter(({ row }) => row.label === 0).map(({ raw }) => raw);
  harmless.sort((a, b) => b - a);
  const knots: [number, number][] = [];
  for (const [score, rate] of LEVELS) {
    const raw = harmless[Math.floor(harmless.length * rate)] ?? 0;
    // Few texts may leave two levels with one raw score; a curve has to rise.
    knots.push([Math.max(raw, (knots.at(-1)?.[0] ?? -Infinity) + 0.01), score]);
  }
  return knots.map(([raw, score]) => [Math.round(raw * 1000) / 1000, score]);
}

interface Rate {
  readonly texts: number;
  readonly at_0_5: number;
  readonly at_0_8: number;
}

interface Metrics {
  readonly attacks: Readonly<Record<string, Rate>>;
  readonly harmless: Readonly<Record<string, Rate>>;
}

/** The share of each source's texts that reach 0.5 and 0.8, while their source was held out. */
function measure(heldOut: readonly HeldOut[], knots: readonly (readonly [number, number])[]): Metrics {
  const rawAt = (score: number): number => knots.find(([, level]) => level === score)?.[0] ?? Infinity;
  const rates = (label: 0 | 1): Record<string, Rate> => {
    const groups = Map.groupBy(
      heldOut.filter(({ row }) => row.label === label),
      ({ row }) => `${row.source}: ${row.kind}`,
    );
    const share = (texts: readonly HeldOut[], score: number): number =>
      Math.round((texts.filter(({ raw }) => raw > rawAt(score)).length / texts.length) * 1000) / 1000;
    return Object.fromEntries(
      [...groups]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, texts]) => [name, { texts: texts.length, at_0_5: share(texts, 0.5), at_0_8: share(texts, 0.8) }]),
    );
  };
  return { attacks: rates(1), harmless: rates(0) };
}
