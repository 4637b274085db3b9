// Writes what follows from src/config/policy-config.schema.json. `--check` writes nothing and fails when a file is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { policyConfigTypes } from './generate-policy-config-types.mjs';

const root = join(import.meta.dirname, '..');
const schema = JSON.parse(readFileSync(join(root, 'src/config/policy-config.schema.json'), 'utf8'));

const files = {
  'src/config/policy-config.ts': await policyConfigTypes(schema, 'resolved'),
  'src/config/policy-config-document.ts': await policyConfigTypes(schema, 'document'),
};

const stale = [];
for (const [name, text] of Object.entries(files)) {
  const path = join(root, name);
  const options = await prettier.resolveConfig(path);
  const wanted = await prettier.format(text, { ...options, filepath: path });
  if (wanted === readIfThere(path)) continue;
  stale.push(name);
  if (!process.argv.includes('--check')) writeFileSync(path, wanted);
}

if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`out of date: ${stale.join(', ')}; run 'npm run generate'`);
  process.exitCode = 1;
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
