// One conversation with tools that crosses from Bedrock to Anthropic's own API and back, with a client that knows of neither.
import { expect } from 'chai';
import OpenAI from 'openai';
import { signThought } from '../../src/simulator/bedrock/thinking.js';
import { ANSWER, STREAM } from '../gateway/providers/anthropic/messages.js';
import { events, json, type Reply, withScriptedApi } from '../gateway/providers/http/scripted-api.js';
import { CLAUDE, withWholeGateway } from './whole-gateway.js';

const TOOLS: OpenAI.ChatCompletionTool[] = [
  {
    type: 'function',
    function: { name: 'look', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
  },
];

/** The simulator's, unless it is given another. */
const SEED = 1;

type Message = OpenAI.ChatCompletionMessageParam;

/**
 * Signatures of the same model hold at Anthropic and at Bedrock, so the thought bears the one that the simulator knows.
 * https://docs.claude.com/en/docs/build-with-claude/extended-thinking
 */
const signed = (answer: string): string => answer.replace('c2ln', signThought(SEED, 'Hm.'));

/** As Anthropic demands: every call has its result in the next turn, and none is answered that was not made. */
const answering: Reply = (response, asked) => {
  const turns = (asked.body?.['messages'] ?? []) as { role: string; content: Record<string, unknown>[] }[];
  const calls = turns.flatMap(({ content }) => content.flatMap(({ type, id }) => (type === 'tool_use' ? [id] : [])));
  const results = turns.flatMap(({ content }) =>
    content.flatMap(({ type, tool_use_id: id }) => (type === 'tool_result' ? [id] : [])),
  );
  if (JSON.stringify(calls) !== JSON.stringify(results)) {
    json({ type: 'error', error: { type: 'invalid_request_error', message: 'calls and results differ' } }, 400)(
      response,
      asked,
    );
  } else if (asked.body?.['stream']) events(signed(STREAM))(response, asked);
  else json(JSON.parse(signed(JSON.stringify(ANSWER))))(response, asked);
};

describe('a conversation across providers', () => {
  for (const streamed of [false, true]) {
    it(`crosses from Bedrock to Anthropic and back, ${streamed ? '' : 'not '}streamed`, async () => {
      await withScriptedApi([answering, answering], (base_url, asked) =>
        withWholeGateway(
          async (url, sim) => {
            const client = new OpenAI({ baseURL: `${url}/v1`, apiKey: 'unused', maxRetries: 0 });
            const messages: Message[] = [{ role: 'user', content: 'What is the weather like in Graz?' }];
            for (const model of ['bedrock', 'anthropic', 'bedrock', 'anthropic']) {
              const body = { model, messages, tools: TOOLS, tool_choice: 'required' as const };
              const { choices } = streamed
                ? await client.chat.completions.stream(body).finalChatCompletion()
                : await client.chat.completions.create(body);
              const message = choices[0]!.message;
              messages.push(message);
              for (const call of message.tool_calls ?? []) {
                messages.push({ role: 'tool', tool_call_id: call.id, content: 'rain' });
              }
            }
            expect(asked).to.have.length(2);
            expect(sim.requests()).to.have.length(2);
            const calls = messages.flatMap((message) =>
              message.role === 'assistant' ? (message.tool_calls ?? []).map(({ id }) => id) : [],
            );
            expect(calls.filter((id) => id === 'toolu_1')).to.have.length(2);
            expect(calls).to.have.length(4);
          },
          {
            env: { ANTHROPIC_API_KEY: 'sk-ant-1' },
            document: {
              pack: { name: 'crossing', version: '1.0.0' },
              policies: { chain: [] },
              providers: {
                strategy: 'single',
                targets: [
                  { id: 'bedrock', provider: 'aws-bedrock', model: CLAUDE },
                  {
                    id: 'anthropic',
                    provider: 'anthropic',
                    model: 'claude-sonnet-4-20250514',
                    base_url,
                    secret_key_ref: { env: 'ANTHROPIC_API_KEY' },
                  },
                ],
              },
            },
          },
        ),
      );
    });
  }
});
