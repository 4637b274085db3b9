// What Converse demands of a list of turns beyond their alternation.
import type { SystemContentBlock } from '@aws-sdk/client-bedrock-runtime';
import type { Turn } from './turns.js';

// A single space would be refused as blank.
const OPENING = 'Begin.';
const CONTINUE = 'Continue.';
const ABOUT_DOCUMENT = 'See the attached document.';

/** System texts become the first blocks of the first user turn, for models without system prompts. */
export function foldSystem(system: readonly SystemContentBlock[], turns: readonly Turn[]): Turn[] {
  const texts = system.flatMap(({ text }) => (text === undefined ? [] : [{ text }]));
  if (texts.length === 0) return [...turns];
  const [first, ...others] = turns;
  if (first?.role !== 'user') return [{ role: 'user', content: texts }, ...turns];
  return [{ role: 'user', content: [...texts, ...first.content] }, ...others];
}

/** The first turn is the user's. */
export function openedByUser(turns: readonly Turn[]): Turn[] {
  return turns[0]?.role === 'user' ? [...turns] : [{ role: 'user', content: [{ text: OPENING }] }, ...turns];
}

/** A turn with a document has a text as well. */
export function withDocumentText({ role, content }: Turn): Turn {
  const bare = content.some(({ document }) => document) && !content.some(({ text }) => text !== undefined);
  return { role, content: bare ? [...content, { text: ABOUT_DOCUMENT }] : content };
}

/**
 * A last turn of the assistant is one the model continues: without white space at its end, which Claude refuses. Where the model
 * does not do so, or the caller did not ask for it, the user says to go on.
 */
export function endedForAnswer(turns: readonly Turn[], continuesAssistant: boolean): Turn[] {
  const last = turns.at(-1);
  if (last?.role !== 'assistant') return [...turns];
  if (!continuesAssistant) return [...turns, { role: 'user', content: [{ text: CONTINUE }] }];
  const at = last.content.findLastIndex(({ text }) => text !== undefined);
  const content = last.content.map((block, index) => (index === at ? { text: block.text?.trimEnd() ?? '' } : block));
  return [...turns.slice(0, -1), { role: 'assistant', content }];
}
