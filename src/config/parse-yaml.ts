import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Node, Pair, Scalar, YAMLMap } from 'yaml';
import { locatedList, locatedMap, locatedScalar, type Located, type LocatedMap, type Member } from './located.js';
import type { Place, Problem, ProblemCode } from './problem.js';

/** One file of a configuration. */
export interface Source {
  /** As problems shall name it. */
  readonly name: string;
  readonly text: string;
}

/** Room for 32 targets with every field and 1,000 keys; at most about a second of parsing, however hostile the text. */
export const MAX_SOURCE_CHARACTERS = 262_144;

/** Bounds what aliases can expand a small file to. */
const MAX_VALUES = 100_000;
const MAX_DEPTH = 64;
const MAX_ALIASES = 1_000;

const CORE_TAGS = new Set(['map', 'seq', 'str', 'int', 'float', 'bool', 'null'].map((t) => `tag:yaml.org,2002:${t}`));

/**
 * Reads one YAML 1.2 document (core schema). Anchors and aliases work, and so does the merge key `<<` of YAML 1.1: its
 * map, or maps, give what the map around it does not say itself, the earlier before the later. Refused are a key that
 * stands twice, tags, keys that are no scalars, and anything that expands to more than a configuration can be.
 * Never throws for what is in the text; when there are problems there is no root.
 */
export function parseYaml(source: Source): { readonly root?: Located; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const lines = new LineCounter();
  const at = (offset: number | undefined): Place => {
    const { line, col } = lines.linePos(offset ?? 0);
    return { file: source.name, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const complain = (code: ProblemCode, place: Place, message: string, suggestion?: string) => {
    const hint = suggestion === undefined ? {} : { suggestion };
    problems.push({ ...place, code, severity: 'error', path: '', message, ...hint });
  };

  if (source.text.length > MAX_SOURCE_CHARACTERS) {
    complain('too_large', at(0), `expected at most ${MAX_SOURCE_CHARACTERS} characters, got ${source.text.length}`);
    return { problems };
  }

  // Keys are compared by us: the composer's own check takes time quadratic in the number of keys.
  const document = parseDocument(source.text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
  if (document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) {
    complain('too_large', at(0), `expected at most ${MAX_DEPTH} levels`);
    return { problems };
  }
  for (const error of document.errors) {
    complain('yaml_syntax', at(error.pos[0]), error.message.slice(0, 200));
  }
  if (document.directives.yaml.explicit === true && document.directives.yaml.version !== '1.2') {
    complain('yaml_syntax', at(0), `expected YAML 1.2, got ${document.directives.yaml.version}`);
  }
  if (problems.length > 0) return { problems };
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
    complain('missing_field', at(0), 'the file is empty', 'kt init writes one to begin with');
    return { problems };
  }

  const anchors = new Map<string, Located | 'open'>();
  let aliases = 0;
  let tooLarge = false;
  const root = convert(document.contents, at(0));
  return problems.length > 0 ? { problems } : { root, problems };

  function convert(node: Node | null, around: Place): Located {
    if (node === null) return locatedScalar(around, null);
    const place = at(node.range?.[0]);
    if (isAlias(node)) return resolveAlias(node.source, place);
    if (node.tag !== undefined && !CORE_TAGS.has(node.tag)) {
      complain(
        'yaml_tag',
        place,
        `the tag ${node.tag.slice(0, 60)} is not used in configurations`,
        'leave the tag out',
      );
    }
    if (node.anchor !== undefined) anchors.set(node.anchor, 'open');
    const located = convertContent(node, place);
    if (node.anchor !== undefined) anchors.set(node.anchor, located);
    if (!tooLarge && (located.size > MAX_VALUES || located.depth > MAX_DEPTH)) {
      tooLarge = true;
      complain('too_large', place, `expected at most ${MAX_VALUES} values in ${MAX_DEPTH} levels, aliases expanded`);
    }
    return located;
  }

  function convertContent(node: Node, place: Place): Located {
    if (isMap(node)) return convertMap(node as YAMLMap<Node, Node | null>, place);
    if (isSeq(node))
      return locatedList(
        place,
        node.items.map((item) => convert(item as Node | null, place)),
      );
    const value: unknown = (node as Scalar).value;
    const isPlain =
      value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return locatedScalar(place, isPlain ? value : null);
  }

  function resolveAlias(name: string, place: Place): Located {
    const target = anchors.get(name);
    if (++aliases === MAX_ALIASES + 1) complain('too_large', place, `expected at most ${MAX_ALIASES} aliases`);
    if (target !== undefined && target !== 'open') return target;
    const problem = target === 'open' ? 'refers to what it stands in' : 'refers to no anchor before it';
    complain('yaml_alias', place, `the alias *${name} ${problem}`);
    return locatedScalar(place, null);
  }

  function convertMap(map: YAMLMap<Node, Node | null>, place: Place): LocatedMap {
    const own = new Map<string, Member>();
    const inherited: LocatedMap[] = [];
    const keys = new Map<string, Place>();
    for (const { key, value } of map.items as Pair<Node | null, Node | null>[]) {
      const keyPlace = key === null ? place : at(key.range?.[0]);
      const name = keyName(key);
      if (name === undefined) {
        complain('yaml_key', keyPlace, 'expected a plain text as the key');
        continue;
      }
      const first = keys.get(name);
      if (first !== undefined) {
        complain('yaml_duplicate_key', keyPlace, `\`${name}\` stands in this map already, at line ${first.line}`);
        continue;
      }
      keys.set(name, keyPlace);
      const node = convert(value, keyPlace);
      if (isMergeKey(key)) inherited.push(...mergedMaps(node, keyPlace));
      else own.set(name, { keyPlace, node });
    }
    for (const base of inherited) {
      for (const [name, member] of base.members) if (!own.has(name)) own.set(name, member);
    }
    return locatedMap(place, own);
  }

  function mergedMaps(node: Located, place: Place): LocatedMap[] {
    const candidates = node.kind === 'list' ? node.items : [node];
    const maps = candidates.filter((candidate) => candidate.kind === 'map');
    if (maps.length < candidates.length) complain('yaml_merge', place, 'expected a map, or a list of maps, to merge');
    return maps;
  }
}

/** The key as it is written, so that `1:` and `true:` are the texts they look like. */
function keyName(key: Node | null): string | undefined {
  if (!isScalar(key)) return undefined;
  return typeof key.value === 'string' ? key.value : key.source;
}

/** A quoted `"<<"` is a key like any other. */
function isMergeKey(key: Node | null): boolean {
  return isScalar(key) && key.value === '<<' && key.type === 'PLAIN';
}
