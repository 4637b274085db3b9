// Answers as Anthropic's documentation shows them. https://docs.claude.com/en/docs/build-with-claude/streaming

export const ANSWER = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  content: [
    { type: 'thinking', thinking: 'Hm.', signature: 'c2ln' },
    { type: 'redacted_thinking', data: 'cmVk' },
    { type: 'text', text: 'Let me see.' },
    { type: 'tool_use', id: 'toolu_1', name: 'look', input: { city: 'Graz' } },
  ],
  stop_reason: 'tool_use',
  usage: {
    input_tokens: 10,
    output_tokens: 5,
    cache_read_input_tokens: 3,
    cache_creation_input_tokens: 4,
    cache_creation: { ephemeral_5m_input_tokens: 3, ephemeral_1h_input_tokens: 1 },
  },
};

export function sse(type: string, members: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ ...members, type })}\n\n`;
}

const USAGE = { input_tokens: 10, output_tokens: 1, cache_read_input_tokens: 3, cache_creation_input_tokens: 0 };

/** Thinks, says something, calls `look`. */
export const STREAM = [
  sse('message_start', { message: { id: 'msg_1', role: 'assistant', content: [], usage: USAGE } }),
  sse('content_block_start', { index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } }),
  sse('ping', {}),
  sse('content_block_delta', { index: 0, delta: { type: 'thinking_delta', thinking: 'Hm.' } }),
  sse('content_block_delta', { index: 0, delta: { type: 'signature_delta', signature: 'c2ln' } }),
  sse('content_block_stop', { index: 0 }),
  sse('content_block_start', { index: 1, content_block: { type: 'text', text: '' } }),
  sse('content_block_delta', { index: 1, delta: { type: 'text_delta', text: 'Let me see.' } }),
  sse('content_block_stop', { index: 1 }),
  sse('content_block_start', { index: 2, content_block: { type: 'tool_use', id: 'toolu_1', name: 'look', input: {} } }),
  sse('content_block_delta', { index: 2, delta: { type: 'input_json_delta', partial_json: '{"city":"Graz"}' } }),
  sse('content_block_stop', { index: 2 }),
  sse('message_delta', { delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 7 } }),
  sse('message_stop', {}),
].join('');
