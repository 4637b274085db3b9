// What Converse demands of every request, whatever the caller wrote and whichever model is asked.
import type { ContentBlock, ConverseStreamCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { expect } from 'chai';
import fc from 'fast-check';
import { parseChatRequest } from '../../../../src/gateway/chat/parse-chat-request.js';
import { toConverse } from '../../../../src/gateway/providers/bedrock/converse-request.js';
import { modelCapabilities } from '../../../../src/gateway/providers/bedrock/model-capabilities.js';
import { withSimulator } from '../../../simulator/with-simulator.js';
import { chatBodies } from './chat-bodies.js';
import { calling, collected } from './outcomes.js';
import { MODELS } from './translating.js';
import { withProvider } from './with-provider.js';

const { prompt: _prompt, ...CHAT_MODELS } = MODELS;

describe('toConverse for every chat', () => {
  for (const model of Object.values(CHAT_MODELS)) {
    it(`obeys Converse on ${model}`, () => {
      const capabilities = modelCapabilities(model);
      fc.assert(
        fc.property(chatBodies(capabilities), (body) => {
          const { input } = toConverse(parseChatRequest(body), capabilities, { model });
          checkTurns(input);
          checkTools(input);
          checkDocuments(input);
          checkCachePoints(input);
          checkOmissions(input);
        }),
        { numRuns: 40 },
      );
    });
  }
});

describe('BedrockProvider for every chat', () => {
  // Nova's family and Claude's have the strictest rules; the others are here for what they cannot do.
  for (const model of [
    MODELS.claude4,
    MODELS.claude46,
    MODELS.nova,
    MODELS.mixtral,
    MODELS.mistralLarge,
    MODELS.gptOss,
  ]) {
    it(`sends what ${model} accepts`, async () => {
      await withSimulator({}, (sim) =>
        withProvider(sim.url, { model }, async (provider) => {
          const property = fc.asyncProperty(chatBodies(modelCapabilities(model)), async (body) => {
            const request = parseChatRequest(body);
            if (!request.stream) await provider.complete(request, calling());
            else expect(await collected((await provider.stream(request, calling())).events)).not.to.have.length(0);
          });
          await fc.assert(property, { numRuns: 20 });
        }),
      );
    });
  }
});

function contents({ messages = [] }: ConverseStreamCommandInput): ContentBlock[] {
  return messages.flatMap(({ content = [] }) => content);
}

/** Alternating, the user first, nothing blank or empty, every call answered in the next turn in order. */
function checkTurns({ messages = [], system = [] }: ConverseStreamCommandInput): void {
  expect(messages.map(({ role }) => role)).to.deep.equal(
    messages.map((_, turn) => (turn % 2 === 0 ? 'user' : 'assistant')),
  );
  expect(messages).not.to.have.length(0);
  for (const { content } of messages) expect(content).not.to.have.length(0);
  for (const { text } of [...system, ...contents({ modelId: '', messages })]) {
    if (text !== undefined) expect(text).to.match(/\S/);
  }
  for (const [turn, { content = [] }] of messages.entries()) {
    const calls = content.flatMap(({ toolUse }) => toolUse?.toolUseId ?? []);
    const results = messages[turn + 1]?.content?.flatMap(({ toolResult }) => toolResult?.toolUseId ?? []) ?? [];
    if (calls.length > 0 || turn % 2 === 1) expect(results).to.deep.equal(calls);
    for (const { toolResult } of content) if (toolResult) expect(toolResult.content).not.to.have.length(0);
    for (const { toolUse } of content) if (toolUse) expect(toolUse.input).to.be.an('object');
  }
}

/** Names and ids that Bedrock takes, a `toolConfig` where tools are spoken of, and a choice only of what is declared. */
function checkTools(input: ConverseStreamCommandInput): void {
  const { tools, toolChoice } = input.toolConfig ?? {};
  const names = (tools ?? []).flatMap(({ toolSpec }) => toolSpec?.name ?? []);
  expect(new Set(names).size).to.equal(names.length);
  for (const name of names) expect(name).to.match(/^[a-zA-Z0-9_-]{1,64}$/);
  for (const { toolSpec } of tools ?? []) {
    if (toolSpec) expect(toolSpec.inputSchema).to.have.nested.property('json.type', 'object');
    if (toolSpec?.description !== undefined) expect(toolSpec.description).to.match(/\S/);
  }
  if (input.toolConfig) expect(names).not.to.have.length(0);
  if (toolChoice?.tool) expect(names).to.include(toolChoice.tool.name);
  for (const { toolUse, toolResult } of contents(input)) {
    if (!toolUse && !toolResult) continue;
    expect(names).not.to.have.length(0);
    expect(toolUse?.toolUseId ?? toolResult?.toolUseId).to.match(/^[a-zA-Z0-9_-]{1,64}$/);
  }
}

/** Unique names of the characters that Bedrock takes, and a text in every turn that has one. */
function checkDocuments({ messages = [] }: ConverseStreamCommandInput): void {
  const names = messages.flatMap(({ content = [] }) => content.flatMap(({ document }) => document?.name ?? []));
  expect(new Set(names).size).to.equal(names.length);
  for (const name of names) expect(name).to.match(/^(?!.* {2})[a-zA-Z0-9 ()[\]-]{1,200}$/);
  for (const { content = [] } of messages) {
    if (content.some(({ document }) => document)) expect(content.some(({ text }) => text !== undefined)).to.equal(true);
  }
}

/** At most four, never the first of a list, never two in a row, lifetimes that do not grow. */
function checkCachePoints({ toolConfig, system = [], messages = [] }: ConverseStreamCommandInput): void {
  const lists = [toolConfig?.tools ?? [], system, ...messages.map(({ content = [] }) => content)];
  const points = lists.flat().flatMap(({ cachePoint }) => cachePoint ?? []);
  expect(points.length).to.be.at.most(4);
  for (const list of lists) {
    for (const [index, { cachePoint }] of list.entries()) {
      if (cachePoint) expect(list[index - 1]).to.exist.and.not.have.property('cachePoint');
    }
  }
  const short = points.findIndex(({ ttl }) => ttl !== '1h');
  if (short >= 0) expect(points.slice(short).map(({ ttl }) => ttl)).not.to.include('1h');
}

/** No empty objects and lists, which Bedrock refuses in most places. */
function checkOmissions(input: ConverseStreamCommandInput): void {
  for (const [member, value] of Object.entries(input)) {
    expect(value, member).not.to.equal(undefined);
    if (typeof value === 'object') expect(Object.keys(value), member).not.to.have.length(0);
  }
}
