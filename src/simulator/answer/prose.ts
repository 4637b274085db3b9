import type { Random } from '../random.js';

const OPENINGS = [
  'Here is what matters about',
  'A short answer on',
  'Let me take the question about',
  'There are a few things to say about',
];
const BODIES = [
  'The first point is @, because everything else depends on it.',
  'In practice @ is where most of the work goes.',
  'It helps to look at @ and @ together.',
  'People often forget @, and notice it late.',
  'If @ changes, the rest follows within a day.',
  'A sensible order is @ first, then @.',
];
const CLOSINGS = [
  'Tell me if you want an example.',
  'That should be enough to start with.',
  'I can go into detail on any of these.',
];

const COMMON = new Set(
  'about after again also and any are because been but can could did does each for from give had has have how into its just know like make many more most much must not now only other our out over please say see she should some such take tell than that the their them then there these they this those very want was were what when where which while who why will with would you your'.split(
    ' ',
  ),
);

/** A few believable sentences about what `prompt` speaks of. The same prompt and chance give the same sentences. */
export function prose(prompt: string, random: Random): string {
  const subjects = topics(prompt);
  const subject = (): string => (subjects.length > 0 ? random.pick(subjects) : 'this');
  const first = `${random.pick(OPENINGS)} ${subjects.slice(0, 3).join(', ') || 'that'}.`;
  const middle = Array.from({ length: random.integer(2, 4) }, () => random.pick(BODIES).replaceAll('@', subject));
  return [first, ...middle, random.pick(CLOSINGS)].join(' ');
}

/** The names in a text: capitalised words that do not begin it or a sentence; where there are none, its topics. */
export function names(text: string): readonly string[] {
  const found = [...text.slice(0, 20_000).matchAll(/(?<=[\p{Ll}\p{N},:]\s)\p{Lu}[\p{L}\p{N}'-]+/gu)].map(
    ([name]) => name,
  );
  return found.length > 0 ? [...new Set(found)].slice(0, 12) : topics(text);
}

/** The telling words of a text: no short or common ones, each once, at most twelve. */
export function topics(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [word] of text.slice(0, 20_000).matchAll(/[\p{L}\p{N}][\p{L}\p{N}'-]{2,30}/gu)) {
    if (!COMMON.has(word.toLowerCase())) found.add(word);
    if (found.size === 12) break;
  }
  return [...found];
}
