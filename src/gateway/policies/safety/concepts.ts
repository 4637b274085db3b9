// The ideas that the rules of the safety filter are built from. A lexicon says how a language words them; the rules and their
// weights speak of ideas alone, so what holds for one language holds for all.

/** Order is part of every shipped model: append, never reorder. */
export const CONCEPTS = [
  // Words that are themselves what a category is about: `2` hardly ever innocent, `1` often so.
  'sexual2',
  'sexual1',
  'hate2',
  'insult2',
  'insult1',
  'profanity2',
  'profanity1',
  'gore2',
  'gore1',
  'threat2',
  'selfharm2',
  'selfharm1',
  // What a request may be after.
  'weapons2',
  'weapons1',
  'drugs2',
  'drugs1',
  'cyber2',
  'cyber1',
  'fraud2',
  'fraud1',
  'crime2',
  'crime1',
  'hateful2',
  'bully2',
  'porn2',
  // Who and whom.
  'group',
  'minor',
  'person',
  'you',
  'self',
  // What is said of a group or a person.
  'dehumanise',
  'exclude',
  'despise',
  'sweeping',
  // Deeds.
  'kill',
  'hurt',
  'lust',
  // How something is wanted.
  'ask',
  'make',
  'evade',
  'intend',
  'promote',
  // What speaks for innocence.
  'thing',
  'prevent',
  'learn',
  'past',
  'fiction',
  'care',
  'counter',
  // From the published lists of obscene words in many languages, whose kinds are not told apart.
  'obscene',
  // Harm in play and in dictionaries.
  'game',
  'define',
] as const;

export type Concept = (typeof CONCEPTS)[number];

/** How one language words the concepts: phrases parted by commas; `*` behind a phrase: words that go on after it count too. */
export interface Lexicon {
  readonly language: string;
  readonly phrases: Readonly<Partial<Record<Concept, string>>>;
}
