// Whole exchanges, as the caller and as Bedrock see them: test/fixtures/bedrock/NAME.json beside NAME.bedrock.json. Each holds a
// `request` and an `answer`; a streamed answer is the list of its chunks or events.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import type { JsonObject } from '../../../../src/core/json.js';
import { parseChatRequest } from '../../../../src/gateway/chat/parse-chat-request.js';
import { renderChatCompletion } from '../../../../src/gateway/chat/render-chat-completion.js';
import type { Provider } from '../../../../src/gateway/providers/provider.js';
import { withSimulator } from '../../../simulator/with-simulator.js';
import { chunksOf, rendered } from '../../chat/answers.js';
import { calling, collected } from './outcomes.js';
import { withProvider } from './with-provider.js';

interface Pair<Answer> {
  readonly request: JsonObject & { readonly model: string };
  readonly answer: Answer;
}

const FOLDER = resolve(import.meta.dirname, '../../../fixtures/bedrock');
const ENVELOPE = { id: 'chatcmpl-1', created: 1_700_000_000 };

describe('golden exchanges', () => {
  const names = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.bedrock.json'))
    .map((file) => file.slice(0, -'.bedrock.json'.length));

  it('are there', () => {
    expect(names.length).to.be.greaterThan(5);
  });

  for (const name of names) {
    it(name, async () => {
      const callers = read(`${name}.json`) as Pair<unknown>;
      const bedrocks = read(`${name}.bedrock.json`) as Pair<JsonObject | readonly JsonObject[]>;
      await withSimulator({}, async (sim) => {
        const { answer } = bedrocks;
        sim.setAnswers([Array.isArray(answer) ? { events: answer } : { converse: answer as JsonObject }]);
        const { model } = callers.request;
        const given = await withProvider(sim.url, { model }, (provider) => exchanged(provider, callers.request));
        expect(sim.requests()[0]?.body).to.deep.equal(bedrocks.request);
        expect(given).to.deep.equal(callers.answer);
      });
    });
  }
});

async function exchanged(provider: Provider, body: Pair<unknown>['request']): Promise<unknown> {
  const request = parseChatRequest(body);
  if (!request.stream) {
    const { answer } = await provider.complete(request, calling());
    // As text and back, as the caller gets it.
    return JSON.parse(JSON.stringify(renderChatCompletion(answer, { ...ENVELOPE, model: request.model })));
  }
  const { events } = await provider.stream(request, calling());
  return chunksOf(rendered(await collected(events), request.includeUsage));
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
}
