import type { ConverseRequest, WireContentBlock, WireMessage } from '../../shapes/converse-shapes.js';

export interface PlacedBlock {
  readonly block: WireContentBlock;
  /** `messages.0.content.0` */
  readonly path: string;
  readonly role: WireMessage['role'];
}

/** Every content block of the conversation, with its place. */
export function placedBlocks({ messages = [] }: ConverseRequest): readonly PlacedBlock[] {
  return messages.flatMap(({ role, content }, turn) =>
    content.map((block, index) => ({ block, path: `messages.${turn}.content.${index}`, role })),
  );
}

export function toolUses({ content }: WireMessage): readonly NonNullable<WireContentBlock['toolUse']>[] {
  return content.flatMap(({ toolUse }) => (toolUse && toolUse.type !== 'server_tool_use' ? [toolUse] : []));
}

export function toolResults({ content }: WireMessage): readonly NonNullable<WireContentBlock['toolResult']>[] {
  return content.flatMap(({ toolResult }) => toolResult ?? []);
}

export function isBlank(text: string): boolean {
  return text.trim() === '';
}
