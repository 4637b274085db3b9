import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import type { ChatAnswer, ChatEvent } from '../../../src/gateway/chat/chat-answer.js';
import { eventsOf } from '../../../src/gateway/chat/events-of-answer.js';
import { parseChatRequest } from '../../../src/gateway/chat/parse-chat-request.js';
import { renderChatCompletion } from '../../../src/gateway/chat/render-chat-completion.js';
import { ENVELOPE, rendered } from './answers.js';

const fixtures = resolve(import.meta.dirname, '../../fixtures/chat');

describe('golden pairs', () => {
  for (const name of namesIn('requests', '.openai.json')) {
    it(`reads the request ${name}`, () => {
      const request = parseChatRequest(json(`requests/${name}.openai.json`));
      expect(JSON.parse(JSON.stringify(request, bytesAsBase64))).to.deep.equal(json(`requests/${name}.neutral.json`));
    });
  }

  for (const name of namesIn('answers', '.answer.json')) {
    it(`renders the answer ${name}, whole and played as a stream`, () => {
      const answer = json(`answers/${name}.answer.json`) as ChatAnswer;
      expect(renderChatCompletion(answer, ENVELOPE)).to.deep.equal(json(`answers/${name}.openai.json`));
      expect(rendered(eventsOf(answer), true)).to.equal(text(`answers/${name}.sse.txt`));
    });
  }

  for (const name of namesIn('streams', '.events.json')) {
    it(`renders the stream ${name}`, () => {
      const events = json(`streams/${name}.events.json`) as readonly ChatEvent[];
      expect(rendered(events, true)).to.equal(text(`streams/${name}.sse.txt`));
    });
  }
});

function namesIn(folder: string, suffix: string): readonly string[] {
  const names = readdirSync(join(fixtures, folder)).filter((file) => file.endsWith(suffix));
  if (names.length === 0) throw new Error(`no ${suffix} in ${folder}`);
  return names.map((file) => file.slice(0, -suffix.length));
}

function text(path: string): string {
  return readFileSync(join(fixtures, path), 'utf8');
}

function json(path: string): unknown {
  return JSON.parse(text(path));
}

/** `Buffer` has become `{type, data}` by the time a replacer sees it. */
function bytesAsBase64(key: string, value: unknown): unknown {
  if (key !== 'bytes') return value;
  return Buffer.from((value as { readonly data: readonly number[] }).data).toString('base64');
}
