// npm run train -- --data DIR [--out DIR] [--seed N]: trains the shipped models from the rows of DIR/prompt-injection.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readRows } from './read-rows.js';
import { trainInjection } from './train-injection.js';

const MODELS = join(import.meta.dirname, '../src/gateway/policies/injection/model');

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: join(import.meta.dirname, '../test/fixtures/policies') },
    out: { type: 'string', default: MODELS },
    seed: { type: 'string', default: '20' },
  },
});
const rows = readRows(join(values.data, 'prompt-injection'), ['train.jsonl', 'dev.jsonl']);
if (rows.length === 0) throw new Error(`${values.data}/prompt-injection: no train.jsonl`);
trainInjection(rows, values.out, Number(values.seed), (line) => console.error(line));
