import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { VOCABULARY } from './policy-config-vocabulary.mjs';

/**
 * The validator of the schema as one module without imports: compiling the schema at each start would cost more than
 * everything else that a start does.
 */
export async function policyConfigValidator(schema) {
  const ajv = new Ajv2020({
    allErrors: true,
    messages: false,
    inlineRefs: false,
    code: { source: true, esm: true, optimize: true },
  });
  const code = standaloneCode.default(ajv.addVocabulary(VOCABULARY), ajv.compile(schema));
  // Inlines what the code requires of ajv.
  const bundle = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node22.19',
    minify: true,
    legalComments: 'none',
    banner: { js: '// Generated from policy-config.schema.json by `npm run generate`. Do not edit.' },
  });
  return bundle.outputFiles[0].text;
}
