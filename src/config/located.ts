import type { Json } from '../core/json.js';
import type { Path, Place } from './problem.js';

/** A value of a document together with where it was written. Aliases share one node, so that it may be a graph without cycles. */
export type Located = LocatedScalar | LocatedList | LocatedMap;

interface Extent {
  readonly place: Place;
  /** Values in it, itself included, with every alias expanded. */
  readonly size: number;
  /** 1 for a scalar. */
  readonly depth: number;
}

export interface LocatedScalar extends Extent {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
}

export interface LocatedList extends Extent {
  readonly kind: 'list';
  readonly items: readonly Located[];
}

export interface LocatedMap extends Extent {
  readonly kind: 'map';
  readonly members: ReadonlyMap<string, Member>;
}

export interface Member {
  readonly keyPlace: Place;
  readonly node: Located;
}

export function locatedScalar(place: Place, value: LocatedScalar['value']): LocatedScalar {
  return { kind: 'scalar', place, value, size: 1, depth: 1 };
}

export function locatedList(place: Place, items: readonly Located[]): LocatedList {
  return { kind: 'list', place, items, ...extent(items) };
}

export function locatedMap(place: Place, members: ReadonlyMap<string, Member>): LocatedMap {
  return { kind: 'map', place, members, ...extent(Array.from(members.values(), ({ node }) => node)) };
}

function extent(children: readonly Located[]): { size: number; depth: number } {
  let [size, depth] = [1, 1];
  for (const child of children) {
    size += child.size;
    depth = Math.max(depth, child.depth + 1);
  }
  return { size, depth };
}

/** `over` laid on `base`: maps are merged key by key, anything else replaces what was there. */
export function mergeLocated(base: Located, over: Located): Located {
  if (base.kind !== 'map' || over.kind !== 'map') return over;
  const members = new Map(base.members);
  for (const [key, member] of over.members) {
    const below = members.get(key);
    members.set(key, below === undefined ? member : { ...member, node: mergeLocated(below.node, member.node) });
  }
  return locatedMap(over.place, members);
}

/** The value without its places. A key `__proto__` is an own member like any other. */
export function plainValue(node: Located): Json {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainValue);
  return Object.fromEntries(Array.from(node.members, ([key, member]) => [key, plainValue(member.node)]));
}

/** Where `path` was written, or the nearest around it that was. */
export function placeOf(root: Located, path: Path, atKey = false): Place {
  let node = root;
  let place = root.place;
  for (const step of path) {
    if (node.kind === 'map') {
      const member = node.members.get(String(step));
      if (member === undefined) return place;
      node = member.node;
      place = atKey ? member.keyPlace : node.place;
    } else if (node.kind === 'list') {
      const item = node.items[Number(step)];
      if (item === undefined) return place;
      node = item;
      place = item.place;
    } else {
      return place;
    }
  }
  return place;
}

/** Whether the author wrote something at `path`. */
export function isWritten(root: Located, path: Path): boolean {
  let node: Located | undefined = root;
  for (const step of path) {
    if (node?.kind === 'map') node = node.members.get(String(step))?.node;
    else if (node?.kind === 'list') node = node.items[Number(step)];
    else return false;
  }
  return node !== undefined;
}
