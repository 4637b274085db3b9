export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** True for `{...}`: neither null nor an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * True when arrays and objects stand inside each other more than `levels` deep. Takes no stack, so that it can judge what
 * `JSON.parse` accepted before anything recursive (`JSON.stringify`, a serializer) walks it.
 */
export function isDeeperThan(value: unknown, levels: number): boolean {
  let layer = children([value]);
  for (let level = 1; layer.length > 0; level++) {
    if (level > levels) return true;
    layer = layer.flatMap(children);
  }
  return false;
}

function children(value: object): readonly object[] {
  return Object.values(value).filter((child: unknown) => typeof child === 'object' && child !== null);
}
