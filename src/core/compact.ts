/** `T` where every member that may be `undefined` may be missing instead. */
export type Compact<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** A copy of an object literal without its `undefined` members. `null` stays. */
export function compact<T extends object>(members: T): Compact<T> {
  const kept: Record<string, unknown> = {};
  for (const key in members) if (members[key] !== undefined) kept[key] = members[key];
  return kept as Compact<T>;
}
