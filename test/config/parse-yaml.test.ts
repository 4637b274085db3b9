import { expect } from 'chai';
import { placeOf, plainValue } from '../../src/config/located.js';
import { MAX_SOURCE_CHARACTERS, parseYaml } from '../../src/config/parse-yaml.js';

function parse(text: string) {
  return parseYaml({ name: 'x.yaml', text });
}

function value(text: string): unknown {
  const { root, problems } = parse(text);
  if (root === undefined) throw new Error(JSON.stringify(problems));
  return plainValue(root);
}

/** `code line:column` of each problem. */
function problems(text: string): string[] {
  return parse(text).problems.map(({ code, line, column }) => `${code} ${line}:${column}`);
}

describe('parseYaml', () => {
  it('reads the types of YAML 1.2', () => {
    expect(value('a: [1, 1.5, 0x10, 0o10, true, yes, null, ~, "1", text, 1.0.0, .inf]')).to.deep.equal({
      a: [1, 1.5, 16, 8, true, 'yes', null, null, '1', 'text', '1.0.0', Infinity],
    });
  });

  it('reads JSON', () => {
    expect(value('{"a": {"b": [1, "c"]}}')).to.deep.equal({ a: { b: [1, 'c'] } });
  });

  it('takes keys as they are written', () => {
    expect(value('1: a\ntrue: b\n1.50: c')).to.deep.equal({ '1': 'a', true: 'b', '1.50': 'c' });
  });

  it('keeps a key named __proto__ to itself', () => {
    const read = value('{"__proto__": {"polluted": true}}');
    expect(Object.keys(read as object)).to.deep.equal(['__proto__']);
    expect((read as { polluted?: unknown }).polluted).to.equal(undefined);
  });

  describe('follows', () => {
    for (const [name, text, expected] of [
      ['aliases', 'a: &x {k: 1}\nb: *x', { a: { k: 1 }, b: { k: 1 } }],
      ['the last anchor of a name', 'a: &x 1\nb: *x\nc: &x 2\nd: *x', { a: 1, b: 1, c: 2, d: 2 }],
      [
        'merge keys, the own members first',
        'a: &x {k: 1, l: 1}\nb: {l: 2, <<: *x}',
        { a: { k: 1, l: 1 }, b: { l: 2, k: 1 } },
      ],
      [
        'lists of merged maps, the earlier first',
        'a: &x {k: 1}\nb: &y {k: 2, l: 2}\nc: {<<: [*x, *y]}',
        { a: { k: 1 }, b: { k: 2, l: 2 }, c: { k: 1, l: 2 } },
      ],
      ['a quoted << as a name', 'a: {"<<": 1}', { a: { '<<': 1 } }],
    ] as const) {
      it(name, () => expect(value(text)).to.deep.equal(expected));
    }
  });

  describe('refuses', () => {
    for (const [name, text, expected] of [
      ['an unclosed list', 'a: [1', ['yaml_syntax 1:6']],
      ['a tab as indentation', 'a:\n\tb: 1', ['yaml_syntax 2:1']],
      ['a second document', 'a: 1\n---\nb: 1', ['yaml_syntax 2:1']],
      ['an older YAML', '%YAML 1.1\n---\na: yes', ['yaml_syntax 1:1']],
      ['an empty file', '', ['missing_field 1:1']],
      ['a file of comments', '# nothing\n', ['missing_field 1:1']],
      ['a key twice', 'a: 1\nb: 2\na: 3', ['yaml_duplicate_key 3:1']],
      ['a merge key twice', 'x: &x {k: 1}\na: {<<: *x, <<: *x}', ['yaml_duplicate_key 2:13']],
      ['a map as a key', '? {a: 1}\n: 2', ['yaml_key 1:3']],
      ['an alias to nothing', 'a: *x', ['yaml_alias 1:4']],
      ['an alias to what comes later', 'a: *x\nb: &x 1', ['yaml_alias 1:4']],
      ['an alias to what it stands in', 'a: &x [*x]', ['yaml_alias 1:8']],
      ['a number to merge', 'a: {<<: 1}', ['yaml_merge 1:5']],
      ['binary', 'a: !!binary aGk=', ['yaml_tag 1:13']],
      ['a set', 'a: !!set {x}', ['yaml_tag 1:10']],
      ['a tag of somebody', 'a: !mine x', ['yaml_tag 1:10']],
    ] as const) {
      it(name, () => expect(problems(text)).to.deep.equal(expected));
    }
  });

  describe('stays small', () => {
    it('with a text that is too long', () => {
      expect(problems(`a: ${'x'.repeat(MAX_SOURCE_CHARACTERS)}`)).to.deep.equal(['too_large 1:1']);
    });

    it('with aliases of aliases of aliases', () => {
      const laughs = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`);
      expect(problems(['a0: &a0 ha', ...laughs].join('\n'))).to.deep.equal(['too_large 7:9']);
    });

    it('with a chain of aliases', () => {
      const chain = Array.from({ length: 900 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]`);
      expect(problems(['a0: &a0 ha', ...chain].join('\n'))).to.deep.equal(['too_large 65:11']);
    });

    it('with more aliases than anyone writes', () => {
      expect(problems(`a: &a 1\nb: [${'*a, '.repeat(1_001)}]`)).to.deep.equal(['too_large 2:4005']);
    });

    describe('with lists in lists', () => {
      // Mocha lifts the limit; the stack overflows that this provokes would then take seconds to describe.
      const { stackTraceLimit } = Error;
      before(() => (Error.stackTraceLimit = 10));
      after(() => (Error.stackTraceLimit = stackTraceLimit));

      for (const [name, text, expected] of [
        ['closed', '['.repeat(100) + ']'.repeat(100), 'too_large 1:36'],
        ['open', '['.repeat(20_000), 'too_large 1:1'],
        ['in block style', '- '.repeat(20_000), 'too_large 1:1'],
      ] as const) {
        it(name, () => expect(problems(text)).to.deep.equal([expected]));
      }
    });

    it('with more keys than anyone writes', () => {
      expect(problems('a: ['.concat('1,'.repeat(100_001), ']'))).to.deep.equal(['too_large 1:4']);
    });
  });

  it('remembers where values were written, aliased and merged ones at their anchor', () => {
    const { root } = parse('base: &base\n  a: 1\nother:\n  <<: *base\n  b: [x, y]\nthird: *base\n');
    if (root === undefined) throw new Error('no root');
    const at = (path: (string | number)[], atKey?: boolean) => {
      const { line, column } = placeOf(root, path, atKey);
      return `${line}:${column}`;
    };
    expect(at(['other', 'a'])).to.equal('2:6');
    expect(at(['other', 'a'], true)).to.equal('2:3');
    expect(at(['third', 'a'])).to.equal('2:6');
    expect(at(['other', 'b', 1])).to.equal('5:10');
    expect(at(['other', 'b', 7])).to.equal('5:6');
    expect(at(['other', 'missing', 'deeper'])).to.equal('4:3');
    expect(at(['nowhere'])).to.equal('1:1');
  });
});
