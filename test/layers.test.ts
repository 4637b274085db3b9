import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { expect } from 'chai';

// DESIGN §3: main → cli → operator | gateway | simulator → config → core, and inside the gateway
// http → pipeline → policies | routing → providers | audit, all on chat.
const src = resolve(import.meta.dirname, '../src');

/** For each folder of `src`, the folders that it may import besides itself. */
const LAYERS: Record<string, readonly string[]> = {
  'main.ts': ['cli', 'core'],
  cli: ['operator', 'gateway', 'simulator', 'config', 'core'],
  operator: ['config', 'core'],
  gateway: ['config', 'core'],
  simulator: ['core'],
  config: ['core'],
  core: [],
};

/** What a folder of `src/gateway` may never import: everything that stands above it. */
const ABOVE: Record<string, readonly string[]> = {
  chat: ['http', 'pipeline.ts', 'policies', 'routing', 'providers', 'audit', 'runtime.ts'],
  audit: ['http', 'pipeline.ts', 'policies', 'routing', 'providers', 'runtime.ts'],
  providers: ['http', 'pipeline.ts', 'policies', 'routing', 'runtime.ts'],
  policies: ['http', 'pipeline.ts', 'routing', 'providers', 'runtime.ts'],
  routing: ['http', 'pipeline.ts', 'policies', 'runtime.ts'],
  'pipeline.ts': ['http'],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

describe('the layers of src', () => {
  const imports = sourceFiles(src).flatMap(relativeImports);

  it('are read from real files', () => {
    expect(imports.length).to.be.greaterThan(0);
  });

  it('import downwards only', () => {
    const wrong = imports.filter(({ from, to }) => {
      const [a, b] = [top(from), top(to)];
      return a !== b && !(LAYERS[a] ?? []).includes(b);
    });
    expect(wrong).to.deep.equal([]);
  });

  it('keep the arrows inside the gateway', () => {
    const wrong = imports.filter(({ from, to }) => {
      if (top(from) !== 'gateway' || top(to) !== 'gateway') return false;
      return (ABOVE[second(from)] ?? []).includes(second(to));
    });
    expect(wrong).to.deep.equal([]);
  });

  it('have no utils and no barrels', () => {
    const wrong = sourceFiles(src).filter((file) =>
      /(^|\/)(utils?|helpers?|index)(\.ts$|\/)/.test(relative(src, file)),
    );
    expect(wrong).to.deep.equal([]);
  });
});

function sourceFiles(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(dir, name));
}

function relativeImports(file: string): Import[] {
  const specifiers = readFileSync(file, 'utf8').matchAll(/(?:from|import\()\s*'(\.[^']*)'/g);
  return Array.from(specifiers, ([, specifier]) => ({
    from: relative(src, file),
    to: relative(src, resolve(dirname(file), specifier ?? '')).replace(/\.js$/, '.ts'),
  }));
}

function top(path: string): string {
  return path.split(sep)[0] ?? '';
}

function second(path: string): string {
  return path.split(sep)[1] ?? '';
}
