import { isObject, type Json } from '../core/json.js';
import type { PolicyConfigDocument } from './policy-config-document.js';
import type { Finding, Path, ProblemCode } from './problem.js';
import { schemaAt } from './schema-node.js';

/** Such a value has the type that the field asks for, so that the rules can read it. */
const KEEPS_TYPE: ReadonlySet<ProblemCode> = new Set(['bad_format', 'out_of_range', 'duplicate']);

export interface Salvaged {
  /** Of the right types throughout. */
  readonly document: PolicyConfigDocument;
  /** The objects that lost a field which their author gave: what is said of how their fields go together may be wrong. */
  readonly incomplete: readonly Path[];
}

/**
 * Leaves out of a document the fields that are wrong and need not be there, so that the rules can speak of the rest in
 * the same run. `undefined` when something that is needed is wrong: then they would speak of what is not meant.
 */
export function salvage(document: Json, findings: readonly Finding[]): Salvaged | undefined {
  const copy: unknown = structuredClone(document);
  const incomplete: Path[] = [];
  for (const { code, path } of findings) {
    if (KEEPS_TYPE.has(code)) continue;
    const key = path.at(-1);
    const parentPath = path.slice(0, -1);
    const parent = parentPath.reduce<unknown>((value, step) => memberOf(value, step), copy);
    // An entry of a list cannot go: the places of those behind it would be wrong.
    if (typeof key !== 'string' || !isObject(parent) || isNeeded(parentPath, key)) return undefined;
    delete parent[key];
    if (code !== 'unknown_field') incomplete.push(parentPath);
  }
  return { document: copy as PolicyConfigDocument, incomplete };
}

function isNeeded(parentPath: Path, key: string): boolean {
  return schemaAt(parentPath)?.required?.includes(key) ?? false;
}

function memberOf(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  return isObject(value) ? value[step] : undefined;
}
