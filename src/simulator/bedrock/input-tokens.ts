import { countTokens } from '../answer/tokens.js';
import type { ConverseRequest, WireContentBlock } from '../shapes/converse-shapes.js';

/** About what an image of a megapixel costs a Claude model: https://docs.anthropic.com/en/docs/build-with-claude/vision#evaluate-image-size */
const IMAGE_TOKENS = 1334;
/** A stand-in for everything that is neither text nor image. */
const BYTES_A_TOKEN = 8;
/** What marks the beginning and end of a turn. */
const TURN_TOKENS = 3;

/** One thing of a request, in the order in which a prompt cache sees them: tools, system, messages. */
export interface Segment {
  readonly content: unknown;
  readonly tokens: number;
  /** Set where the segment is nothing but a cache point behind the others. */
  readonly cachePoint?: WireContentBlock['cachePoint'];
}

type Request = Pick<ConverseRequest, 'toolConfig' | 'system' | 'messages'>;

export function inputTokens(request: Request): number {
  return segments(request).reduce((sum, { tokens }) => sum + tokens, 0);
}

export function segments({ toolConfig, system = [], messages = [] }: Request): readonly Segment[] {
  return [
    ...(toolConfig?.tools ?? []).map((tool) => segment(tool, countTokens(JSON.stringify(tool)))),
    ...system.map((block) => segment(block, countTokens(block.text ?? block.guardContent?.text?.text ?? ''))),
    ...messages.flatMap(({ role, content }) => [
      { content: role, tokens: TURN_TOKENS },
      ...content.map((block) => segment(block, blockTokens(block))),
    ]),
  ];
}

function segment(content: Pick<WireContentBlock, 'cachePoint'>, tokens: number): Segment {
  const { cachePoint } = content;
  return cachePoint ? { content, tokens: 0, cachePoint } : { content, tokens };
}

function blockTokens(block: WireContentBlock): number {
  const { text, image, document, toolUse, toolResult, guardContent, reasoningContent } = block;
  if (text !== undefined) return countTokens(text);
  if (image) return IMAGE_TOKENS;
  if (document) return documentTokens(document);
  if (toolUse) return countTokens(JSON.stringify(toolUse.input)) + countTokens(toolUse.name);
  if (toolResult) {
    return toolResult.content.reduce(
      (sum, { json, ...part }) => sum + (json ? countTokens(JSON.stringify(json)) : blockTokens(part)),
      0,
    );
  }
  if (guardContent) return countTokens(guardContent.text?.text ?? '');
  if (reasoningContent) return countTokens(reasoningContent.reasoningText?.text ?? '');
  return Math.ceil(JSON.stringify(block).length / BYTES_A_TOKEN);
}

function documentTokens({ source }: NonNullable<WireContentBlock['document']>): number {
  const { text, content, bytes = '' } = source;
  if (text !== undefined) return countTokens(text);
  if (content) return content.reduce((sum, part) => sum + countTokens(part.text ?? ''), 0);
  return Math.ceil(Buffer.byteLength(bytes, 'base64') / BYTES_A_TOKEN);
}
