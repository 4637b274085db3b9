// Trains the safety filter's model:
//   npm run train:safety -- --data DIR [--out FILE] [--metrics FILE]
// Deterministic: the same data gives the same bytes. The metrics are those of models that had not seen the source they are
// measured on (leave one source out), at the threshold of `strict`.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { encodeLinearModel } from '../src/gateway/policies/text/linear-model.js';
import { averagePrecision } from '../src/cli/ranking.js';
import { readBags, type Bag } from './safety-bags.js';
import { readSafetyRows, type SafetyRow } from './safety-rows.js';
import { tabulate } from './safety-table.js';
import { heldOutFeatures, heldOutLogits, quantise, trainSafety } from './safety-training.js';

/** Share of harmless texts that `strict` may take for harmful. */
const STRICT_FALSE_POSITIVES = 0.008;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string', default: 'src/gateway/policies/safety/model/safety.bin' },
    metrics: { type: 'string', default: 'src/gateway/policies/safety/model/safety.metrics.json' },
  },
});
if (values.data === undefined) throw new Error('--data DIR is missing: the folder that holds safety/train.jsonl');

const bags = readBags(readSafetyRows(values.data));
const heldOut = heldOutFeatures(bags);
const logits = heldOutLogits(bags, heldOut);
const line = strictLine(logits);
const { content, request, weighing } = trainSafety(bags, heldOut);

const about = { rows: bags.length, strict_false_positives: STRICT_FALSE_POSITIVES };
const model = encodeLinearModel({
  about,
  heads: [
    quantise('content', content.weights, content.bias),
    quantise('request', request.weights, request.bias),
    // A score of 0.5 is where strict draws its line.
    quantise('weighing', weighing.weights, weighing.bias - line),
  ],
});
writeFileSync(values.out, model);
const lines = tabulate(bags.map((bag) => ({ row: bag.row, hit: (logits.get(bag) as number) >= line })));
const auprc = { request: auprcOf('request'), content: auprcOf('content') };
writeFileSync(
  values.metrics,
  `${JSON.stringify({ ...about, left_out_auprc: auprc, left_out: lines }, undefined, 2)}\n`,
);
console.log(`${values.out}: ${model.length} bytes, ${bags.length} rows`);

/** How well left-out harm of a kind is ranked above the harmless texts beside it: requests, or what people say of each other. */
function auprcOf(role: 'request' | 'content'): number {
  const ranked = bags.filter(({ row }) => row.role === role || (role === 'request' && row.role === 'benign'));
  return averagePrecision(ranked.map((bag) => ({ score: logits.get(bag) as number, positive: bag.row.label === 1 })));
}

/** The logit that the allowed share of ordinary harmless texts reaches. */
function strictLine(all: ReadonlyMap<Bag, number>): number {
  const harmless = [...all]
    .filter(([{ row }]) => isOrdinary(row))
    .map(([, logit]) => logit)
    .sort((a, b) => b - a);
  return harmless[Math.floor(harmless.length * STRICT_FALSE_POSITIVES)] ?? 0;
}

/** Texts about attacks, and toxic texts of other kinds, are harmless in name only. */
function isOrdinary({ label, role, source }: SafetyRow): boolean {
  return label === 0 && role === 'benign' && !/MITRE/.test(source);
}
