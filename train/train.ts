// npm run train -- --data DIR [--out DIR] [--seed N]: trains the shipped models from the rows of DIR/prompt-injection/train.jsonl,
// or, to try the script, from those of a sample.jsonl.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readRows } from './read-rows.js';
import { trainInjection } from './train-injection.js';

const MODELS = join(import.meta.dirname, '../src/gateway/policies/injection/model');

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string', default: MODELS },
    seed: { type: 'string', default: '20' },
  },
});
if (values.data === undefined) throw new Error('--data DIR is missing');
const rows = readRows(join(values.data, 'prompt-injection'), ['train.jsonl', 'sample.jsonl']);
if (rows.length === 0) throw new Error(`${values.data}/prompt-injection: no train.jsonl`);
trainInjection(rows, values.out, Number(values.seed), (line) => console.error(line));
