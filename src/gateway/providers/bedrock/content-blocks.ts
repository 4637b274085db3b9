// One part of a message becomes one content block. https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html
import type { AudioBlock, ContentBlock, ImageBlock, VideoBlock } from '@aws-sdk/client-bedrock-runtime';
import { isBlank } from '../../chat/blank-text.js';
import type { ContentPart, ImagePart, MediaSource, TextPart } from '../../chat/chat-request.js';
import { refused } from '../../chat/read-member.js';
import type { ModelCapabilities } from './capabilities.js';
import type { DocumentNames } from './document-names.js';

/** @returns nothing for blank text, which Converse refuses. */
export function userBlock(
  part: ContentPart,
  path: string,
  capabilities: ModelCapabilities,
  names: DocumentNames,
): ContentBlock | undefined {
  return part.type === 'text' ? textBlock(part) : mediaBlock(part, path, capabilities, names);
}

export function textBlock(part: TextPart): { text: string } | undefined {
  return isBlank(part.text) ? undefined : { text: part.text };
}

/** @returns nothing for blank text. */
export function toolResultBlock(
  part: TextPart | ImagePart,
  path: string,
  capabilities: ModelCapabilities,
): { text: string } | { image: ImageBlock } | undefined {
  if (part.type === 'text') return textBlock(part);
  if (!capabilities.toolResultImages) throw refused(path, 'this model takes no images in tool results');
  return { image: imageBlock(part) };
}

function mediaBlock(
  part: Exclude<ContentPart, TextPart>,
  path: string,
  capabilities: ModelCapabilities,
  names: DocumentNames,
): ContentBlock {
  if (part.type === 'image') {
    if (!capabilities.images) throw refused(path, 'this model takes no images');
    return { image: imageBlock(part) };
  }
  const source = mediaSource(part.source);
  if (part.type === 'document') {
    if (!capabilities.documents) throw refused(path, 'this model takes no documents');
    return { document: { format: part.format, name: names.next(part.filename), source } };
  }
  // Which formats there are, and who takes them, is the model's to say.
  if (part.type === 'audio') return { audio: { format: part.format as AudioBlock['format'], source } };
  return { video: { format: part.format as VideoBlock['format'], source } };
}

function imageBlock(part: ImagePart): ImageBlock {
  return { format: part.format, source: mediaSource(part.source) };
}

function mediaSource(source: MediaSource): { bytes: Uint8Array } | { s3Location: { uri: string } } {
  return 'bytes' in source ? { bytes: source.bytes } : { s3Location: { uri: source.s3Uri } };
}
