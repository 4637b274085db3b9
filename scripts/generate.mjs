// Writes what follows from src/config/policy-config.schema.json, from examples/, from the lists of errors and metrics, from lexicons and from what training measured. `--check` writes nothing and fails when a file is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as prettier from 'prettier';
import { compileLexicons } from '../src/gateway/policies/safety/compile-lexicons.js';
import { LEXICONS } from '../src/gateway/policies/safety/lexicons.js';
import { packLexicon } from '../src/gateway/policies/safety/safety-lexicon.js';
import { policyConfigDocs } from './generate-policy-config-docs.mjs';
import { policyConfigTypes } from './generate-policy-config-types.mjs';
import { httpApiDocs, metricsDocs } from './generate-reference-tables.mjs';
import { safetyDocs } from './generate-safety-docs.mjs';
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
  'docs/policies/safety-filter.md': safetyDocs(
    page('docs/policies/safety-filter.md'),
    join(root, 'src/gateway/policies/safety/model/safety.metrics.json'),
  ),
  'src/config/templates.ts': templates(join(root, 'examples')),
  'src/gateway/policies/safety/model/safety-lexicon.bin': packLexicon(compileLexicons(LEXICONS)),
};

const stale = [];
for (const [name, content] of Object.entries(files)) {
  const path = join(root, name);
  const wanted = typeof content === 'string' ? Buffer.from(await formatted(path, content)) : content;
  if (readIfThere(path)?.equals(wanted)) continue;
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
    return readFileSync(path);
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
