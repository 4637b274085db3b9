// Bundles src/main.ts into dist/gateway.js and the chunks that its commands load when they need them. Nothing of
// node_modules is needed beside them: `dist` runs wherever it is copied. `--outdir DIR` builds somewhere else.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { outdir } = parseArgs({ options: { outdir: { type: 'string', default: 'dist' } } }).values;

await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: { gateway: 'src/main.ts' },
  outdir,
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  platform: 'node',
  format: 'esm',
  target: 'node22.19',
  sourcemap: true,
  minifySyntax: true,
  legalComments: 'external',
  // CommonJS packages inside the bundle call require() for Node's own modules.
  banner: {
    js: "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);",
  },
});

// Without this, Node would parse each file twice to find out that it is a module.
await mkdir(outdir, { recursive: true });
await writeFile(join(outdir, 'package.json'), '{ "type": "module" }\n');
