import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { parseDocument, visit } from 'yaml';
import { loadPolicyConfig } from '../../src/config/load-policy-config.js';
import { formatPath, type Path } from '../../src/config/problem.js';
import { TEMPLATES } from '../../src/config/templates.js';
import { isObject } from '../../src/core/json.js';

const root = join(import.meta.dirname, '../..');
const EXAMPLES = yamlFiles(join(root, 'examples'));
const BARE = yamlFiles(join(root, 'test/fixtures/config/bare'));

describe('the fifteen configurations', () => {
  it('are fifteen, bare and in full, and templates of kt init', () => {
    expect(BARE).to.have.length(15);
    const names = BARE.map(({ name }) => name);
    expect(EXAMPLES.map(({ name }) => name)).to.deep.equal([...names, 'policy-config.yaml']);
    expect(TEMPLATES.map(({ name }) => name)).to.deep.equal(names.map((name) => name.replace(/^\d\d-|\.yaml$/g, '')));
  });

  for (const { folder, name, text } of [...BARE, ...EXAMPLES]) {
    it(`lints clean: ${folder}/${name}`, () => {
      const { config, problems } = loadPolicyConfig([{ name, text }]);
      expect(problems).to.deep.equal([]);
      expect(config?.pack).to.deep.include({ version: '1.0.0', enabled: true });
    });
  }

  it('are named alike in both forms, and have the same targets', () => {
    for (const [i, { name, text }] of BARE.entries()) {
      const example = EXAMPLES[i]?.text ?? '';
      const [bare, full] = [text, example].map((source) => loadPolicyConfig([{ name, text: source }]).config);
      expect(full?.pack.name).to.equal(bare?.pack.name);
      const targets = [bare, full].map((config) => config?.providers.targets.map(({ id, model }) => ({ id, model })));
      expect(targets[1], name).to.deep.equal(targets[0]);
    }
  });
});

describe('any example with one thing wrong', () => {
  const example = fc.constantFrom(...EXAMPLES, ...BARE);
  const pick = fc.nat();

  it('names an unknown key where it stands, and suggests the right one', () => {
    fc.assert(
      fc.property(example, pick, pick, ({ name, text }, n, m) => {
        const keys = keysOf(text);
        const { path, offset, key } = keys[n % keys.length] ?? fail();
        // A key that its author chooses, such as a header, cannot be wrong.
        fc.pre(!path.includes('headers'));
        const misspelt = misspell(key, m);
        const wrong = `${text.slice(0, offset)}${misspelt}${text.slice(offset + key.length)}`;

        const { config, problems } = loadPolicyConfig([{ name, text: wrong }]);
        expect(config).to.equal(undefined);
        const wanted = formatPath([...path.slice(0, -1), misspelt]);
        const found = problems.find((problem) => problem.code === 'unknown_field' && problem.path === wanted);
        expect(found, JSON.stringify(problems)).to.include(lineAndColumn(wrong, offset));
        expect(found?.suggestion).to.equal(`did you mean \`${key}\`?`);
      }),
      { numRuns: 400 },
    );
  });

  it('names a value of a wrong type at every depth, where it stands', () => {
    const junk = fc.constantFrom('{junk: 1}', '[[junk]]', '""', '-1.5', 'null', '{}', '[]', '.nan');
    fc.assert(
      fc.property(example, pick, junk, ({ name, text }, n, value) => {
        const values = valuesOf(text);
        const { path, range } = values[n % values.length] ?? fail();
        const end = text[range[1] - 1] === '\n' ? range[1] - 1 : range[1];
        const wrong = `${text.slice(0, range[0])}${value}${text.slice(end)}`;

        const { config, problems } = loadPolicyConfig([{ name, text: wrong }]);
        // Some junk is right in some places: an empty list of policies, an empty description.
        fc.pre(config === undefined);
        const at = lineAndColumn(wrong, range[0]);
        const here = problems.filter(({ path: found }) => found.startsWith(formatPath(path)));
        expect(
          here.map(({ line }) => line),
          JSON.stringify({ wrong, problems }),
        ).to.include(at.line);
        for (const { file } of problems) expect(file).to.equal(name);
      }),
      { numRuns: 400 },
    );
  });

  it('names a missing field that is needed', () => {
    fc.assert(
      fc.property(example, fc.constantFrom('pack', 'policies', 'providers'), ({ name, text }, key) => {
        const without = text.replace(new RegExp(`^${key}:.*\\n(?:(?:[ #].*)?\\n)*`, 'm'), '');
        const { problems } = loadPolicyConfig([{ name, text: without }]);
        expect(problems.map(({ code, path }) => `${code} ${path}`)).to.include(`missing_field ${key}`);
      }),
    );
  });
});

interface File {
  readonly folder: string;
  readonly name: string;
  readonly text: string;
}

function yamlFiles(folder: string): File[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ folder: folder.slice(root.length + 1), name, text: readFileSync(join(folder, name), 'utf8') }));
}

interface Key {
  readonly path: Path;
  readonly key: string;
  readonly offset: number;
}

/** Every key of a text, and where it stands; keys of an anchor and its aliases once. */
function keysOf(text: string): Key[] {
  return pairsOf(text).map(({ path, keyOffset }) => ({ path, key: String(path.at(-1)), offset: keyOffset }));
}

/** Every value behind a key, but for those that are anchored: a change of theirs would be one of all aliases. */
function valuesOf(text: string): { readonly path: Path; readonly range: readonly [number, number] }[] {
  return pairsOf(text).filter(({ range }) => !/[&*]/.test(text.slice(range[0] - 10, range[1])));
}

function pairsOf(text: string) {
  const found: { path: Path; keyOffset: number; range: readonly [number, number] }[] = [];
  const document = parseDocument(text);
  visit(document, {
    Pair(_, pair, ancestors) {
      const { key, value } = pair as { key: { value: string; range: number[] }; value: { range: number[] } };
      const path: (string | number)[] = [];
      for (const [i, ancestor] of ancestors.entries()) {
        const child: unknown = ancestors[i + 1] ?? pair;
        const step = ancestor as { key?: { value: string }; items?: unknown[] };
        if (step.key !== undefined) path.push(step.key.value);
        else if (Array.isArray(step.items) && !isPair(child)) path.push(step.items.indexOf(child));
      }
      found.push({
        path: [...path, key.value],
        keyOffset: key.range[0] ?? 0,
        range: [value.range[0] ?? 0, value.range[1] ?? 0],
      });
    },
  });
  return found;
}

function isPair(node: unknown): boolean {
  return isObject(node) && 'key' in node && 'value' in node;
}

function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** One typing error, never in a place where it makes another known key. */
function misspell(key: string, n: number): string {
  const at = n % key.length;
  return `${key.slice(0, at)}${key[at] === 'q' ? 'z' : 'q'}${key.slice(at + 1)}`;
}

function fail(): never {
  throw new Error('nothing to choose from');
}
