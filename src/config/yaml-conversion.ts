import { isAlias, isMap, isScalar, isSeq } from 'yaml';
import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml';
import { locatedList, locatedMap, locatedScalar, type Located, type LocatedMap, type Member } from './located.js';
import type { Place, ProblemCode } from './problem.js';

/** Bounds what aliases can expand a small file to. */
const MAX_VALUES = 100_000;
const MAX_DEPTH = 64;
const MAX_ALIASES = 1_000;

const CORE_TAGS = new Set(['map', 'seq', 'str', 'int', 'float', 'bool', 'null'].map((t) => `tag:yaml.org,2002:${t}`));

/**
 * Makes located values of the nodes of one YAML document, in the order of the text. An alias shares the value of its
 * anchor, so that converting takes time linear in the text, whatever it expands to.
 */
export class YamlConversion {
  readonly #placeAt: (offset: number | undefined) => Place;
  readonly #complain: (code: ProblemCode, place: Place, message: string, suggestion?: string) => void;
  /** By name; an anchor is open while what it stands on is converted. */
  readonly #anchors = new Map<string, Located | 'open'>();
  #aliases = 0;
  #isTooLarge = false;

  constructor(
    placeAt: (offset: number | undefined) => Place,
    complain: (code: ProblemCode, place: Place, message: string, suggestion?: string) => void,
  ) {
    this.#placeAt = placeAt;
    this.#complain = complain;
  }

  /** @param around the place of a node that is not there: a key without a value. */
  convert(node: Node | null, around: Place): Located {
    if (node === null) return locatedScalar(around, null);
    const place = this.#placeAt(node.range?.[0]);
    if (isAlias(node)) return this.#resolve(node.source, place);
    if (node.tag !== undefined && !CORE_TAGS.has(node.tag)) {
      const message = `the tag ${node.tag.slice(0, 60)} is not used in configurations`;
      this.#complain('yaml_tag', place, message, 'leave the tag out');
    }
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, 'open');
    const located = this.#convertContent(node, place);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, located);
    this.#checkSize(located);
    return located;
  }

  #convertContent(node: Node, place: Place): Located {
    if (isMap(node)) return this.#convertMap(node as YAMLMap<Node, Node | null>, place);
    if (isSeq(node)) {
      const { items } = node as YAMLSeq<Node | null>;
      return locatedList(
        place,
        items.map((item) => this.convert(item, place)),
      );
    }
    const value: unknown = isScalar(node) ? node.value : null;
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return locatedScalar(place, isPlain ? value : null);
  }

  #convertMap(map: YAMLMap<Node, Node | null>, place: Place): LocatedMap {
    const members = new Map<string, Member>();
    const merged: LocatedMap[] = [];
    const keys = new Map<string, Place>();
    for (const { key, value } of map.items as Pair<Node | null, Node | null>[]) {
      const keyPlace = key === null ? place : this.#placeAt(key.range?.[0]);
      const name = keyName(key);
      const earlier = name === undefined ? undefined : keys.get(name);
      if (name === undefined) {
        this.#complain('yaml_key', keyPlace, 'expected a plain text as the key');
      } else if (earlier !== undefined) {
        const message = `\`${name}\` stands in this map already, at line ${earlier.line}`;
        this.#complain('yaml_duplicate_key', keyPlace, message);
      } else {
        keys.set(name, keyPlace);
        const node = this.convert(value, keyPlace);
        if (isMergeKey(key)) merged.push(...this.#mergedMaps(node, keyPlace));
        else members.set(name, { keyPlace, node });
      }
    }
    for (const base of merged) {
      for (const [name, member] of base.members) if (!members.has(name)) members.set(name, member);
    }
    return locatedMap(place, members);
  }

  #mergedMaps(node: Located, place: Place): LocatedMap[] {
    const candidates = node.kind === 'list' ? node.items : [node];
    const maps = candidates.filter((candidate) => candidate.kind === 'map');
    if (maps.length < candidates.length) {
      this.#complain('yaml_merge', place, 'expected a map, or a list of maps, to merge');
    }
    return maps;
  }

  #resolve(name: string, place: Place): Located {
    const target = this.#anchors.get(name);
    this.#aliases += 1;
    if (this.#aliases === MAX_ALIASES + 1) {
      this.#complain('too_large', place, `expected at most ${MAX_ALIASES} aliases`);
    }
    if (target !== undefined && target !== 'open') return target;
    const problem = target === 'open' ? 'refers to what it stands in' : 'refers to no anchor before it';
    this.#complain('yaml_alias', place, `the alias *${name} ${problem}`);
    return locatedScalar(place, null);
  }

  /** Complains once: everything around what is too large is too large as well. */
  #checkSize({ size, depth, place }: Located): void {
    if (this.#isTooLarge || (size <= MAX_VALUES && depth <= MAX_DEPTH)) return;
    this.#isTooLarge = true;
    const message = `expected at most ${MAX_VALUES} values in ${MAX_DEPTH} levels, aliases expanded`;
    this.#complain('too_large', place, message);
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
