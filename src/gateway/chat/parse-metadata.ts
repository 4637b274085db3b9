import { isObject } from '../../core/json.js';
import type { DroppedMembers } from './dropped-members.js';
import { member, type Place } from './read-member.js';

/**
 * `metadata` never fails a call: numbers and booleans become text, and what cannot become text is left out, which names
 * `metadata` as dropped.
 */
export function parseMetadata(body: Place, dropped: DroppedMembers): Readonly<Record<string, string>> | undefined {
  const value = member(body, 'metadata');
  if (value === undefined) return undefined;
  const entries = isObject(value) ? Object.entries(value) : [];
  const texts = entries.filter(([, entry]) => ['string', 'number', 'boolean'].includes(typeof entry));
  if (!isObject(value) || texts.length < entries.length) dropped.add('metadata');
  return texts.length === 0 ? undefined : Object.fromEntries(texts.map(([key, entry]) => [key, String(entry)]));
}
