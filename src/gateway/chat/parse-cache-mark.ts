import type { CacheMark } from './chat-request.js';
import type { DroppedMembers } from './dropped-members.js';
import { isObject } from '../../core/json.js';
import { member, pathOf, type Place } from './read-member.js';

/**
 * The `cache` member of a part, message or tool, from `cache_control {type: "ephemeral", ttl?}` or OpenAI's
 * `prompt_cache_breakpoint {mode: "explicit"}`. Caching is only a hint: a mark of any other shape is dropped by name.
 */
export function cacheMark(place: Place, dropped: DroppedMembers): { readonly cache?: CacheMark } {
  return cacheControl(place, dropped) ?? breakpoint(place, dropped) ?? {};
}

function cacheControl(place: Place, dropped: DroppedMembers): { readonly cache: CacheMark } | undefined {
  const mark = member(place, 'cache_control');
  if (mark === undefined) return undefined;
  if (!isObject(mark) || mark.type !== 'ephemeral') {
    dropped.add(pathOf(place, 'cache_control'));
    return undefined;
  }
  const ttl = mark.ttl ?? undefined;
  if (ttl === undefined) return { cache: {} };
  if (ttl === '5m' || ttl === '1h') return { cache: { ttl } };
  dropped.add(`${pathOf(place, 'cache_control')}.ttl`);
  return { cache: {} };
}

function breakpoint(place: Place, dropped: DroppedMembers): { readonly cache: CacheMark } | undefined {
  const mark = member(place, 'prompt_cache_breakpoint');
  if (mark === undefined) return undefined;
  if (isObject(mark) && mark.mode === 'explicit') return { cache: {} };
  dropped.add(pathOf(place, 'prompt_cache_breakpoint'));
  return undefined;
}
