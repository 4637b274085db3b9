import type { ContentPart, ImagePart, TextPart } from './chat-request.js';
import type { DroppedMembers } from './dropped-members.js';
import { cacheMark } from './parse-cache-mark.js';
import { parseAudioPart, parseFilePart, parseImagePart, parseVideoPart } from './parse-media.js';
import { described, member, pathOf, type Place, placeOf, refused } from './read-member.js';

/** The kinds of part that one role takes, by their `type`. */
export type PartParsers<P> = ReadonlyMap<string, (part: Place, dropped: DroppedMembers) => P>;

export const USER_PARTS: PartParsers<ContentPart> = new Map<
  string,
  (part: Place, dropped: DroppedMembers) => ContentPart
>([
  ['text', parseTextPart],
  ['image_url', parseImagePart],
  ['file', parseFilePart],
  ['input_audio', parseAudioPart],
  ['video_url', parseVideoPart],
]);

export const SYSTEM_PARTS: PartParsers<TextPart> = new Map([['text', parseTextPart]]);

export const ASSISTANT_PARTS: PartParsers<TextPart> = new Map([
  ['text', parseTextPart],
  ['refusal', parseRefusalPart],
]);

export const TOOL_PARTS: PartParsers<TextPart | ImagePart> = new Map<
  string,
  (part: Place, dropped: DroppedMembers) => TextPart | ImagePart
>([
  ['text', parseTextPart],
  ['image_url', parseImagePart],
]);

/** A message's `content`: a string is one text part, an array its parts; nothing and an empty string are no parts. */
export function parseContent<P>(
  message: Place,
  parsers: PartParsers<P>,
  dropped: DroppedMembers,
): readonly (P | TextPart)[] {
  const content = member(message, 'content');
  if (content === undefined || content === '') return [];
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  const path = pathOf(message, 'content');
  if (!Array.isArray(content)) {
    throw refused(path, `expected a string or an array of parts, got ${described(content)}`);
  }
  return content.map((value: unknown, index) => parsePart(placeOf(value, `${path}[${index}]`), parsers, dropped));
}

function parsePart<P>(part: Place, parsers: PartParsers<P>, dropped: DroppedMembers): P {
  const type = member(part, 'type');
  const parse = typeof type === 'string' ? parsers.get(type) : undefined;
  if (parse === undefined) {
    throw refused(pathOf(part, 'type'), `expected ${[...parsers.keys()].join(', ')}, got ${described(type)}`);
  }
  return parse(part, dropped);
}

function parseTextPart(part: Place, dropped: DroppedMembers): TextPart {
  return { type: 'text', text: textOf(part, 'text'), ...cacheMark(part, dropped) };
}

function parseRefusalPart(part: Place, dropped: DroppedMembers): TextPart {
  return { type: 'text', text: textOf(part, 'refusal'), ...cacheMark(part, dropped) };
}

function textOf(part: Place, key: string): string {
  const text = member(part, key);
  if (typeof text === 'string') return text;
  throw refused(pathOf(part, key), `expected a string, got ${described(text)}`);
}
