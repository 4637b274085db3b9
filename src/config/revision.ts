import { createHash } from 'node:crypto';
import { isObject } from '../core/json.js';
import type { PolicyConfigDocument } from './policy-config-document.js';

/** Hexadecimal digits of a revision that people see, in the `x-keeptrusts-revision` header and in logs. */
export const SHORT_REVISION_DIGITS = 12;

/**
 * SHA-256, in hexadecimal, of the document as its author wrote it: all files merged, as canonical JSON (RFC 8785: members
 * sorted by UTF-16 units, no white space, numbers as ECMAScript writes them). Order of keys, comments, quotes, anchors and the
 * cut into files do not count. Defaults are not filled in first, so that an operator and gateways of several versions
 * agree, and an upgrade changes no revision; writing a default out makes another revision that means the same.
 */
export function revision(document: PolicyConfigDocument): string {
  return createHash('sha256').update(canonicalJson(document)).digest('hex');
}

/** RFC 8785 for what YAML can hold; lone surrogates, which the RFC refuses, are escaped as JSON.stringify does. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? 'null';
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(',')}}`;
}
