import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import OpenAI from 'openai';
import type { ChatAnswer, ChatEvent } from '../../../src/gateway/chat/chat-answer.js';
import type { ChatRequest } from '../../../src/gateway/chat/chat-request.js';
import { eventsOf } from '../../../src/gateway/chat/events-of-answer.js';
import { GatewayError } from '../../../src/gateway/chat/gateway-error.js';
import { parseChatRequest } from '../../../src/gateway/chat/parse-chat-request.js';
import { parseEmbeddingRequest } from '../../../src/gateway/chat/parse-embedding-request.js';
import { chunkRenderer, DONE, renderStreamError } from '../../../src/gateway/chat/render-chat-chunk.js';
import { renderChatCompletion } from '../../../src/gateway/chat/render-chat-completion.js';
import { renderEmbeddings } from '../../../src/gateway/chat/render-embeddings.js';
import { renderModel, renderModels } from '../../../src/gateway/chat/render-models.js';
import { answer, ENVELOPE } from './answers.js';

const ASK = {
  model: 'm',
  messages: [{ role: 'user', content: 'hi' }],
} satisfies Partial<OpenAI.ChatCompletionCreateParams>;
const USAGE = { inputTokens: 3, outputTokens: 4, cacheReadTokens: 0, cacheWriteTokens: 0 };
const WEATHER = {
  type: 'function',
  function: { name: 'get_weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } },
} satisfies OpenAI.ChatCompletionTool;

describe('the openai client', () => {
  it('reads a whole answer', async () => {
    await playing({ answer: answer({ finish: { reason: 'stop', usage: USAGE } }) }, async (client) => {
      const completion = await client.chat.completions.create(ASK);
      expect(completion.choices[0]?.message.content).to.equal('Hello.');
      expect(completion.usage?.total_tokens).to.equal(7);
    });
  });

  it('sends what the parser reads', async () => {
    await playing({ answer: answer() }, async (client, received) => {
      await client.chat.completions.create({
        ...ASK,
        tools: [WEATHER],
        tool_choice: 'auto',
        temperature: 0.5,
        seed: 1,
      });
      expect(received()).to.deep.include({
        temperature: 0.5,
        toolChoice: { mode: 'auto' },
        hints: { seed: 1 },
        ignored: [],
      });
    });
  });

  it('assembles a stream of text with its usage', async () => {
    const events: ChatEvent[] = [
      { type: 'start' },
      ...['Hel', 'lo', '.'].map((text) => ({ type: 'text', text }) as const),
      { type: 'finish', finish: { reason: 'stop', usage: USAGE } },
    ];
    await playing({ events }, async (client) => {
      const stream = client.chat.completions.stream({ ...ASK, stream_options: { include_usage: true } });
      const deltas: string[] = [];
      stream.on('content', (delta) => deltas.push(delta));
      const completion = await stream.finalChatCompletion();
      expect(deltas.filter((delta) => delta !== '')).to.deep.equal(['Hel', 'lo', '.']);
      expect(completion.choices[0]).to.deep.include({ finish_reason: 'stop' });
      expect(completion.choices[0]?.message.content).to.equal('Hello.');
      expect(completion.usage?.total_tokens).to.equal(7);
    });
  });

  it('sees one choice in every chunk when it did not ask for usage', async () => {
    await playing({ events: eventsOf(answer({ finish: { reason: 'stop', usage: USAGE } })) }, async (client) => {
      const contents: (string | null | undefined)[] = [];
      for await (const chunk of await client.chat.completions.create({ ...ASK, stream: true })) {
        contents.push(chunk.choices.map(({ delta }) => delta.content)[0]);
        expect(chunk.choices).to.have.length(1);
      }
      expect(contents).to.deep.equal(['', 'Hello.', undefined]);
    });
  });

  it('assembles parallel calls whose arguments come in pieces', async () => {
    const events: ChatEvent[] = [
      { type: 'start' },
      { type: 'reasoning', text: 'Hm.' },
      { type: 'thinking_block', block: { type: 'thinking', thinking: 'Hm.', signature: 's' } },
      { type: 'tool_call', index: 0, id: 'a', name: 'get_weather', arguments: '' },
      { type: 'tool_arguments', index: 0, text: '{"city":' },
      { type: 'tool_arguments', index: 0, text: '"Paris"}' },
      { type: 'tool_call', index: 1, id: 'b', name: 'get_weather', arguments: '' },
      { type: 'tool_arguments', index: 1, text: '{}' },
      { type: 'finish', finish: { reason: 'tool_calls' } },
    ];
    await playing({ events }, async (client) => {
      const completion = await client.chat.completions.stream({ ...ASK, tools: [WEATHER] }).finalChatCompletion();
      expect(completion.choices[0]?.finish_reason).to.equal('tool_calls');
      expect(
        completion.choices[0]?.message.tool_calls?.map(
          (call) => call.type === 'function' && [call.id, call.function.arguments],
        ),
      ).to.deep.equal([
        ['a', '{"city":"Paris"}'],
        ['b', '{}'],
      ]);
    });
  });

  it('assembles a whole answer that is played as a stream', async () => {
    const toolCalls = [{ id: 'a', name: 'get_weather', arguments: '{"city":"Rome"}' }];
    await playing({ events: eventsOf(answer({ toolCalls, finish: { reason: 'tool_calls' } })) }, async (client) => {
      const message = await client.chat.completions.stream({ ...ASK, tools: [WEATHER] }).finalMessage();
      expect(message.content).to.equal('Hello.');
      expect(message.tool_calls?.[0]).to.deep.include({ id: 'a', type: 'function' });
    });
  });

  it('parses structured output', async () => {
    const response_format = { type: 'json_schema', json_schema: { name: 's', schema: { type: 'object' } } } as const;
    await playing({ answer: answer({ content: '{"a":1}' }) }, async (client) => {
      const completion = await client.chat.completions.parse({ ...ASK, response_format });
      expect(JSON.parse(completion.choices[0]?.message.content ?? '')).to.deep.equal({ a: 1 });
    });
  });

  it('throws the error of a stream that broke, with its type and code', async () => {
    const events: ChatEvent[] = [{ type: 'start' }, { type: 'text', text: 'Hel' }];
    const breaks = new GatewayError('model_stream_error', 'The model failed.');
    await playing({ events, breaks }, async (client) => {
      const error = await rejection(client.chat.completions.stream(ASK).finalChatCompletion());
      expect(error).to.be.instanceOf(OpenAI.APIError).and.include({ type: 'server_error', code: 'model_stream_error' });
    });
  });

  it('never takes a stream without its finish for complete', async () => {
    await playing({ events: [{ type: 'start' }, { type: 'text', text: 'Hel' }] }, async (client) => {
      const error = await rejection(client.chat.completions.stream(ASK).finalChatCompletion());
      expect(error).to.be.instanceOf(OpenAI.OpenAIError);
    });
  });

  it('throws BadRequestError with the place of what is wrong', async () => {
    await playing({ answer: answer() }, async (client) => {
      const error = await rejection(client.chat.completions.create({ ...ASK, n: 2 }));
      expect(error)
        .to.be.instanceOf(OpenAI.BadRequestError)
        .and.include({ status: 400, param: 'n', type: 'invalid_request_error' });
    });
  });

  it('gets embeddings, which it asks for in base64', async () => {
    await playing({ answer: answer() }, async (client) => {
      const { data, usage } = await client.embeddings.create({ model: 'm', input: ['a', 'b'] });
      expect(data.map(({ embedding }) => embedding)).to.deep.equal([
        [0.5, -1],
        [0.25, 3],
      ]);
      expect(usage.total_tokens).to.equal(6);
    });
  });

  it('lists models', async () => {
    await playing({ answer: answer() }, async (client) => {
      const ids: string[] = [];
      for await (const model of client.models.list()) ids.push(`${model.id} ${model.owned_by}`);
      expect(ids).to.deep.equal(['amazon.nova-pro-v1:0 amazon', 'fast keeptrusts']);
      expect((await client.models.retrieve('fast')).id).to.equal('fast');
    });
  });
});

interface Script {
  readonly answer?: ChatAnswer;
  readonly events?: readonly ChatEvent[];
  /** Ends the stream behind its events; without it and without a `finish` event the stream is cut. */
  readonly breaks?: GatewayError;
}

/** Serves the script on a free port, through this folder's parsers and renderers, to the unmodified client. */
async function playing(
  script: Script,
  use: (client: OpenAI, received: () => ChatRequest | undefined) => Promise<void>,
): Promise<void> {
  let received: ChatRequest | undefined;
  const server = createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      try {
        const body: unknown = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : undefined;
        if (req.url === '/v1/chat/completions') received = parseChatRequest(body);
        const reply = replyTo(req.url ?? '', body, script, received);
        res.setHeader('content-type', typeof reply === 'string' ? 'text/event-stream' : 'application/json');
        res.end(typeof reply === 'string' ? reply : JSON.stringify(reply));
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error;
        res.writeHead(error.status, { 'content-type': 'application/json' }).end(JSON.stringify(error.body()));
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  try {
    const client = new OpenAI({ baseURL: `http://127.0.0.1:${port}/v1`, apiKey: 'unused', maxRetries: 0 });
    await use(client, () => received);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

function replyTo(url: string, body: unknown, script: Script, request: ChatRequest | undefined): object | string {
  if (url === '/v1/models') return renderModels(['amazon.nova-pro-v1:0', 'fast'], 1);
  if (url === '/v1/models/fast') return renderModel('fast', 1);
  if (url === '/v1/embeddings') {
    const vectors = [
      [0.5, -1],
      [0.25, 3],
    ];
    return renderEmbeddings({ vectors, inputTokens: 6 }, parseEmbeddingRequest(body));
  }
  if (request?.stream !== true) return renderChatCompletion(script.answer ?? answer(), ENVELOPE);
  const render = chunkRenderer({ ...ENVELOPE, includeUsage: request.includeUsage });
  const events = script.events ?? [];
  const written = events.map((event) => render(event)).join('');
  if (script.breaks) return written + renderStreamError(script.breaks);
  return events.at(-1)?.type === 'finish' ? written + DONE : written;
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('expected a rejection'),
    (error: unknown) => error,
  );
}
