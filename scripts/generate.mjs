// Writes what follows from src/config/policy-config.schema.json, from examples/ and from the lists of errors and metrics. `--check` writes nothing and fails when a file is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { policyConfigDocs } from './generate-policy-config-docs.mjs';
import { policyConfigTypes } from './generate-policy-config-types.mjs';
import { httpApiDocs, metricsDocs } from './generate-reference-tables.mjs';
import { templates } from './generate-templates.mjs';
import { policyConfigValidator } from './generate-policy-config-validator.mjs';

const root = join(import.meta.dirname, '..');
const schema = JSON.parse(readFileSync(join(root, 'src/config/policy-config.schema.json'), 'utf8'));

const files = {
  'src/config/policy-config.ts': await policyConfigTypes(schema, 'resolved'),
  'src/config/policy-config-document.ts': await policyConfigTypes(schema, 'document'),
  'src/config/policy-config-validator.js': await policyConfigValidator(schema),
  'docs/policy-config.md': policyConfigDocs(page('docs/policy-config.md'), schema),
  'docs/http-api.md': httpApiDocs(page('docs/http-api.md')),
  'docs/metrics.md': metricsDocs(page('docs/metrics.md')),
  'src/config/templates.ts': templates(join(root, 'examples')),
};

const stale = [];
for (const [name, text] of Object.entries(files)) {
  const path = join(root, name);
  const wanted = await formatted(path, text);
  if (wanted === readIfThere(path)) continue;
  stale.push(name);
  if (!process.argv.includes('--check')) writeFileSync(path, wanted);
}

if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`out of date: ${stale.join(', ')}; run 'npm run generate'`);
  process.exitCode = 1;
}

function page(name) {
  return readFileSync(join(root, name), 'utf8');
}

async function formatted(path, text) {
  const { ignored } = await prettier.getFileInfo(path, { ignorePath: join(root, '.prettierignore') });
  return ignored ? text : prettier.format(text, { ...(await prettier.resolveConfig(path)), filepath: path });
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
