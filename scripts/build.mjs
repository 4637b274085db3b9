// Bundles src/main.ts into dist/gateway.js and the chunks that its commands load when they need them. Nothing of
// node_modules is needed beside them: `dist` runs wherever it is copied. `--outdir DIR` builds somewhere else.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { outdir } = parseArgs({ options: { outdir: { type: 'string', default: 'dist' } } }).values;

// To import one of Node's own modules, Node reads all of its names; some of them are made when they are read: three of node:http
// load undici, one of node:process parses every flag of Node. To ask for the module reads nothing.
const LAZY_HTTP = ['WebSocket', 'CloseEvent', 'MessageEvent'];
const asked = {
  http: Object.keys(http).filter((name) => !LAZY_HTTP.includes(name)),
  process: ['env', 'versions'],
};

/** Leaves out of every start what nobody uses: together some 40 ms and 3 MB. */
const quickStart = {
  name: 'quick-start',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?(http|process)$/ }, ({ kind, path }) =>
      kind === 'require-call' ? undefined : { path: path.replace('node:', ''), namespace: 'asked' },
    );
    onLoad({ filter: /./, namespace: 'asked' }, ({ path }) => ({
      contents: `const it = process.getBuiltinModule('node:${path}');
        export default it;
        export const { ${asked[path].join(', ')} } = it;`,
    }));
    // Express loads it for express.json() and its like, and it loads half a megabyte of character sets. We read bodies ourselves.
    onResolve({ filter: /^body-parser$/ }, ({ path }) => ({ path, namespace: 'empty' }));
    onLoad({ filter: /./, namespace: 'empty' }, () => ({ contents: 'module.exports = {};' }));
  },
};

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
  plugins: [quickStart],
  // CommonJS packages inside the bundle call require() for Node's own modules.
  banner: {
    js: "import { createRequire as $createRequire } from 'node:module'; const require = $createRequire(import.meta.url);",
  },
});

// Without this, Node would parse each file twice to find out that it is a module.
await mkdir(outdir, { recursive: true });
await writeFile(join(outdir, 'package.json'), '{ "type": "module" }\n');

// Trained models lie beside the bundle as they lie beside the sources that read them.
for (const policy of ['injection', 'safety']) {
  await cp(`src/gateway/policies/${policy}/model`, join(outdir, 'model'), { recursive: true });
}
