// Cache points: https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
import type { CachePointBlock, ContentBlock, SystemContentBlock, Tool } from '@aws-sdk/client-bedrock-runtime';
import type { PromptCache } from '../../../config/policy-config-document.js';
import type { CacheMark } from '../../chat/chat-request.js';
import type { CachePlace, ModelCapabilities } from './capabilities.js';
import type { Turn } from './turns.js';

/** Claude and Nova take so many in one request. */
const MAX_CACHE_POINTS = 4;

interface CachePointMember {
  readonly cachePoint: CachePointBlock;
}

function cachePoint({ ttl }: CacheMark): CachePointMember {
  return { cachePoint: ttl === undefined ? { type: 'default' } : { type: 'default', ttl } };
}

function isCachePoint(block: object): block is CachePointMember {
  return 'cachePoint' in block && block.cachePoint !== undefined;
}

/** Puts a cache point behind the last block; nowhere if there is none, or one point stands there already. */
export function mark(blocks: (ContentBlock | SystemContentBlock | Tool)[], cache: CacheMark | undefined): void {
  const last = blocks.at(-1);
  if (cache !== undefined && last !== undefined && !isCachePoint(last)) blocks.push(cachePoint(cache));
}

/** The three lists of a request that hold cache points, in the order in which Bedrock caches them. */
export interface CacheableLists {
  readonly tools: readonly Tool[];
  readonly system: readonly SystemContentBlock[];
  readonly turns: readonly Turn[];
}

/**
 * The same lists with the cache points that the model takes: only in its places, at most four (the earliest give way), and with
 * lifetimes that never grow from one point to the next.
 */
export function settleCachePoints(lists: CacheableLists, capabilities: ModelCapabilities): CacheableLists {
  const allowed = inPlaces(lists, capabilities);
  const points = [allowed.tools, allowed.system, ...allowed.turns.map(({ content }) => content)].flatMap(pointsOf);
  if (points.length === 0) return allowed;
  const settled = settledPoints(points, capabilities);
  const settle = <T extends object>(blocks: readonly T[]): T[] =>
    blocks.flatMap((block) => {
      if (!isCachePoint(block)) return [block];
      const point = settled.get(block.cachePoint);
      return point === undefined ? [] : [{ ...block, cachePoint: point }];
    });
  return {
    tools: settle(allowed.tools),
    system: settle(allowed.system),
    turns: allowed.turns.map(({ role, content }) => ({ role, content: settle(content) })),
  };
}

/** The lists with the points that the target puts for callers who know nothing of them. */
export function withOwnPoints(
  { tools, system, turns }: CacheableLists,
  places: PromptCache | undefined,
): CacheableLists {
  const lastOfUser = turns.findLastIndex(({ role }) => role === 'user');
  return {
    tools,
    system: places?.system ? marked(system) : system,
    turns: places?.messages
      ? turns.map((turn, index) => (index === lastOfUser ? { ...turn, content: marked(turn.content) } : turn))
      : turns,
  };
}

function marked<T extends ContentBlock | SystemContentBlock>(blocks: readonly T[]): (T | CachePointMember)[] {
  return blocks.length === 0 ? [] : [...blocks, cachePoint({})];
}

export function hasCachePoint({ tools, system, turns }: CacheableLists): boolean {
  return (
    tools.some(isCachePoint) || system.some(isCachePoint) || turns.some(({ content }) => content.some(isCachePoint))
  );
}

function pointsOf(blocks: readonly object[]): CachePointBlock[] {
  return blocks.filter(isCachePoint).map((block) => block.cachePoint);
}

function inPlaces({ tools, system, turns }: CacheableLists, capabilities: ModelCapabilities): CacheableLists {
  const keeps = (place: CachePlace): boolean => capabilities.cachePoints.includes(place);
  return {
    tools: keeps('tools') ? tools : withoutPoints(tools),
    system: keeps('system') ? system : withoutPoints(system),
    turns: turns.map((turn) => {
      const keep = keeps('messages') && (capabilities.cacheBesideTools || !turn.content.some(isToolBlock));
      return keep ? turn : { role: turn.role, content: withoutPoints(turn.content) };
    }),
  };
}

function withoutPoints<T extends object>(blocks: readonly T[]): T[] {
  return blocks.filter((block) => !isCachePoint(block));
}

function isToolBlock(block: ContentBlock): boolean {
  return block.toolUse !== undefined || block.toolResult !== undefined;
}

/** What becomes of each point; those that give way are missing. */
function settledPoints(
  points: readonly CachePointBlock[],
  capabilities: ModelCapabilities,
): ReadonlyMap<CachePointBlock, CachePointBlock> {
  const settled = new Map<CachePointBlock, CachePointBlock>();
  let short = false;
  for (const point of points.slice(-MAX_CACHE_POINTS)) {
    const lowered = short && point.ttl === '1h';
    short ||= point.ttl !== '1h';
    if (!capabilities.cacheTtl) settled.set(point, { type: 'default' });
    else settled.set(point, lowered ? { type: 'default', ttl: '5m' } : point);
  }
  return settled;
}
