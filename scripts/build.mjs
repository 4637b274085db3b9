// Bundles src/main.ts into dist/gateway.js: one file, no node_modules needed beside it.
import { build } from 'esbuild';

await build({
  entryPoints: { gateway: 'src/main.ts' },
  outdir: 'dist',
  bundle: true,
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
