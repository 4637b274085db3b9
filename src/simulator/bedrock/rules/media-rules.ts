// Images and documents: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html
import type { WireContentBlock } from '../../shapes/converse-shapes.js';
import { fromModel, type Rule } from './rule.js';
import { placedBlocks } from './turns.js';

const MEDIA = ['image', 'document', 'video', 'audio'] as const;
const MAX_IMAGES = 20;
const MAX_DOCUMENTS = 5;
const MAX_IMAGE_BYTES = 5 * 1024 * 1024;

const onlyInUserTurns: Rule = ({ request }) => {
  for (const { block, role } of placedBlocks(request)) {
    const kind = MEDIA.find((name) => block[name] !== undefined);
    if (kind && role !== 'user') return unsupported(kind, role);
  }
  return undefined;
};

const modelTakesThem: Rule = ({ request, traits }) => {
  for (const { block } of placedBlocks(request)) {
    if (block.image && !traits.images) return unsupported('image', 'user');
    if (block.document && !traits.documents) return unsupported('document', 'user');
    if (block.toolResult?.content.some(({ image }) => image) && !traits.toolResultImages) {
      return unsupported('image', 'user');
    }
  }
  return undefined;
};

const notTooMany: Rule = ({ request: { messages = [] } }) => {
  for (const { content } of messages) {
    const images = content.filter(({ image }) => image).length;
    const documents = content.filter(({ document }) => document).length;
    if (images > MAX_IMAGES || documents > MAX_DOCUMENTS) {
      return fromModel(
        `too many images and documents: ${images} images > ${MAX_IMAGES} or ${documents} documents > ${MAX_DOCUMENTS}`,
      );
    }
  }
  return undefined;
};

const imagesNotTooLarge: Rule = ({ request }) => {
  for (const { block, path } of placedBlocks(request)) {
    const size = Buffer.byteLength(block.image?.source.bytes ?? '', 'base64');
    if (size > MAX_IMAGE_BYTES) {
      return fromModel(
        `${path}.image.source.base64: image exceeds 5 MB maximum: ${size} bytes > ${MAX_IMAGE_BYTES} bytes`,
      );
    }
  }
  return undefined;
};

const documentsHaveText: Rule = ({ request: { messages = [] } }) => {
  const wrong = messages.findIndex(
    ({ content }) => content.some(({ document }) => document) && !content.some(({ text }) => text !== undefined),
  );
  return wrong < 0
    ? undefined
    : `The content at messages.${wrong} includes a document but no text. Add a text block when you use documents, and try again.`;
};

const documentNames: Rule = ({ request }) => {
  const seen = new Set<string>();
  for (const { document } of placedBlocks(request).flatMap(({ block }) => withNested(block))) {
    if (!document) continue;
    if (!/^[\p{L}\p{N}\s()[\]-]+$/u.test(document.name) || /\s{2}/.test(document.name)) {
      return "The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. The name can't contain more than one consecutive whitespace character.";
    }
    if (seen.has(document.name)) return fromModel(`document names must be unique, found '${document.name}' twice`);
    seen.add(document.name);
  }
  return undefined;
};

function withNested(block: WireContentBlock): readonly Pick<WireContentBlock, 'document'>[] {
  return [block, ...(block.toolResult?.content ?? [])];
}

function unsupported(field: string, role: string): string {
  return `This model doesn't support the ${field} field for ${role} messages. Remove ${field} and try again.`;
}

export const MEDIA_RULES: readonly Rule[] = [
  onlyInUserTurns,
  modelTakesThem,
  notTooMany,
  imagesNotTooLarge,
  documentsHaveText,
  documentNames,
];
