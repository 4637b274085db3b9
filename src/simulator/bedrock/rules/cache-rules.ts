// https://docs.aws.amazon.com/bedrock/latest/userguide/prompt-caching.html
import { AwsError } from '../../aws-error.js';
import type { ConverseRequest } from '../../shapes/converse-shapes.js';
import { fromModel, type Rule } from './rule.js';
import { placedBlocks } from './turns.js';

const MAX_POINTS = 4;

interface Point {
  readonly path: string;
  readonly ttl: '5m' | '1h' | undefined;
}

const modelCaches: Rule = ({ request, traits }) => {
  const [first] = cachePoints(request);
  if (!first || traits.cachePoints === 'everywhere') return undefined;
  if (traits.cachePoints === 'none') {
    return new AwsError(
      'AccessDeniedException',
      'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.',
    );
  }
  const inTools = cachePoints(request).find(({ path }) => path.startsWith('toolConfig'));
  if (inTools) return extraneous(inTools.path, 'cachePoint');
  const withTtl = cachePoints(request).find(({ ttl }) => ttl !== undefined);
  return withTtl && extraneous(`${withTtl.path}.cachePoint`, 'ttl');
};

const atMostFour: Rule = ({ request }) => {
  const count = cachePoints(request).length;
  return count <= MAX_POINTS
    ? undefined
    : fromModel(`A maximum of ${MAX_POINTS} blocks with cache_control may be provided. Found ${count}.`);
};

const longBeforeShort: Rule = ({ request }) => {
  const points = cachePoints(request);
  const short = points.findIndex(({ ttl }) => ttl !== '1h');
  const late = short < 0 ? undefined : points.slice(short).find(({ ttl }) => ttl === '1h');
  return (
    late &&
    fromModel(
      `${late.path}.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: \`tools\`, \`system\`, \`messages\`.`,
    )
  );
};

/** In the order in which the service reads them. */
function cachePoints(request: ConverseRequest): readonly Point[] {
  const tools = (request.toolConfig?.tools ?? []).map((tool, i) => ({ block: tool, path: `toolConfig.tools.${i}` }));
  const system = (request.system ?? []).map((block, i) => ({ block, path: `system.${i}` }));
  return [...tools, ...system, ...placedBlocks(request)].flatMap(({ block: { cachePoint }, path }) =>
    cachePoint ? [{ path, ttl: cachePoint.ttl }] : [],
  );
}

function extraneous(path: string, key: string): string {
  const pointer = `#/${path.replaceAll('.', '/')}`;
  return `Malformed input request: ${pointer}: extraneous key [${key}] is not permitted, please reformat your input and try again.`;
}

export const CACHE_RULES: readonly Rule[] = [modelCaches, atMostFour, longBeforeShort];
