import { leftEdge, type NumberRun } from './number-run.js';
import type { Proposals } from './proposals.js';
import type { Scene } from './scene.js';

const MAX_AGE = 120;
/** Longest of the phrases below. */
const MAX_PHRASE = 16;

const BEHIND =
  /^(?:[ -]?(?:years?[ -]?old|yrs?[ -]?old|y\/o|y\.o\.|yo\b|years of age|jahre alt|jährig|ans\b|años|anos de idade|anni\b|jaar oud|år gammal)|岁|歲|歳|세)/i;
const BEFORE =
  /(?:\b(?:aged?|age is|turned|turning|i am|i'm|he is|she is|alter|edad|âge|età|idade|leeftijd|wiek)["']?\s?[:=]?\s?["']?)$/i;

/** Ages of people in years: `38 years old`, `aged 38`, `age: 38`. */
export function recogniseAge(run: NumberRun, scene: Scene, out: Proposals): void {
  const { text } = scene;
  const span = run.spans[0];
  if (!span || span.digits.length > 3 || run.prefix !== '' || leftEdge(text, run.start) === 'joined') return;
  const age = Number(span.digits);
  if (age < 1 || age > MAX_AGE || span.digits.startsWith('0')) return;
  if (BEHIND.test(text.slice(span.end, span.end + MAX_PHRASE))) {
    out.add('AGE', run.start, span.end, 0.7, 'cue');
  } else if (
    run.spans.length === 1 &&
    BEFORE.test(text.slice(run.start - MAX_PHRASE, run.start)) &&
    !/^ ?[%$€\p{L}]/u.test(text.slice(span.end, span.end + 2))
  ) {
    out.add('AGE', run.start, span.end, 0.6, 'cue');
  }
}
