// What a window of text says, as numbers: how often each concept was met, and which of them stand together in a way that
// means harm. Signals of neighbouring windows add up.
import type { Category } from './categories.js';
import type { ConceptEvent } from './concept-scan.js';
import { CONCEPTS, type Concept } from './concepts.js';

interface Signal {
  readonly name: string;
  /** The category that the signal speaks for; none for what only raises or lowers suspicion. */
  readonly category?: Category;
  /** Weight before any training: what is known of language rather than of the training data. */
  readonly prior: number;
}

/** Weights of the concepts by themselves. */
const ALONE: Readonly<Partial<Record<Concept, readonly [prior: number, category?: Category]>>> = {
  sexual2: [1.6, 'sexual'],
  sexual1: [0.35, 'sexual'],
  hate2: [2, 'hate'],
  insult2: [0.4, 'harassment'],
  insult1: [0.1, 'harassment'],
  profanity2: [0.6, 'profanity'],
  profanity1: [0.1, 'profanity'],
  gore2: [1, 'violence'],
  gore1: [0.25, 'violence'],
  threat2: [2, 'violence'],
  selfharm2: [2.2, 'self_harm'],
  selfharm1: [0.4, 'self_harm'],
  weapons2: [1, 'weapons'],
  weapons1: [0.1, 'weapons'],
  drugs2: [0.6, 'drugs'],
  drugs1: [0.1, 'drugs'],
  cyber2: [0.6, 'cyber'],
  cyber1: [0, 'cyber'],
  fraud2: [0.7, 'fraud'],
  fraud1: [0.1, 'fraud'],
  crime2: [0.9, 'crime'],
  crime1: [0.15, 'crime'],
  hateful2: [0.4, 'hate'],
  bully2: [0.5, 'harassment'],
  porn2: [0.8, 'sexual'],
  obscene: [0.8, 'profanity'],
  group: [0.03, 'hate'],
  dehumanise: [0, 'hate'],
  exclude: [0.1, 'hate'],
  kill: [0.2, 'violence'],
  hurt: [0.1, 'violence'],
  lust: [0.3, 'sexual'],
  evade: [0.5, 'crime'],
  promote: [0.1],
  ask: [0],
  make: [0],
  intend: [0],
  self: [0],
  you: [0],
  minor: [0],
  thing: [0],
  prevent: [-0.15],
  learn: [-0.1],
  past: [-0.1],
  fiction: [-0.05],
  care: [-0.15],
  counter: [-0.15],
  game: [-0.1],
  define: [-0.1],
};

/** Weights of concepts that stand together. */
const TOGETHER = {
  kill_person: [1, 'violence'],
  kill_thing: [-1],
  hurt_person: [0.7, 'violence'],
  hurt_thing: [-1],
  intend_kill_person: [0.8, 'violence'],
  ask_kill_person: [1.5, 'violence'],
  ask_hurt_person: [1.3, 'harassment'],
  ask_selfharm: [1, 'self_harm'],
  self_selfharm1: [0.5, 'self_harm'],
  you_insult2: [0.9, 'harassment'],
  you_insult1: [0.3, 'harassment'],
  you_profanity: [0.5, 'harassment'],
  group_dehumanised: [0.8, 'hate'],
  group_excluded: [1.2, 'hate'],
  group_despised: [1, 'hate'],
  group_insulted: [0.9, 'hate'],
  group_killed: [0.8, 'hate'],
  group_swept: [0.7, 'hate'],
  request_hateful: [1, 'hate'],
  request_hate_of_group: [0.8, 'hate'],
  request_bullying: [0.8, 'harassment'],
  request_porn: [1, 'sexual'],
  request_weapons2: [1.5, 'weapons'],
  request_weapons1: [0.6, 'weapons'],
  request_drugs2: [1.3, 'drugs'],
  request_drugs1: [0.2, 'drugs'],
  request_cyber2: [1.3, 'cyber'],
  request_cyber1: [0.2, 'cyber'],
  request_fraud2: [1.3, 'fraud'],
  request_fraud1: [0.4, 'fraud'],
  request_crime2: [1.5, 'crime'],
  request_crime1: [0.5, 'crime'],
  evade_harm: [1, 'crime'],
  promote_harm: [0.8, 'crime'],
  prevent_harm: [-1],
  learn_harm: [-0.6],
  fiction_harm: [-0.3],
  care_harm: [-0.6],
  past_harm: [-0.5],
  counter_hate: [-0.7],
  game_harm: [-1.6],
  define_harm: [-1.2],
  plain_question: [1.2],
  plain_order: [0.5],
} as const satisfies Record<string, readonly [number, Category?]>;

type Together = keyof typeof TOGETHER;

/** Order is part of every shipped model. */
export const SIGNALS: readonly Signal[] = [
  ...CONCEPTS.map((name) => signal(name, ALONE[name] ?? [0])),
  ...Object.entries(TOGETHER).map(([name, entry]) => signal(name, entry)),
];

function signal(name: string, [prior, category]: readonly [number, Category?]): Signal {
  return category === undefined ? { name, prior } : { name, prior, category };
}

const concept = Object.fromEntries(CONCEPTS.map((name, i) => [name, i])) as Record<Concept, number>;
const together = Object.fromEntries(Object.keys(TOGETHER).map((name, i) => [name, CONCEPTS.length + i])) as Record<
  Together,
  number
>;

const NONE = -1_000;
/** A deed and whom it is done to are at most so many words apart. */
const REACH = 4;

/** Which signals a window gives, and how often each. */
export interface Signals {
  readonly indexes: readonly number[];
  readonly times: readonly number[];
}

const SILENT: Signals = { indexes: [], times: [] };
/** Counts of the window at hand; all 0 in between. */
const own = new Float64Array(SIGNALS.length);

/** What the events of one window say, and whether the window breaks the minors rule. */
export function readSignals(events: readonly ConceptEvent[]): { signals: Signals; breaksMinorsRule: boolean } {
  if (events.length === 0) return { signals: SILENT, breaksMinorsRule: false };
  own.fill(0);
  count(events);
  combine();
  const indexes: number[] = [];
  const met: number[] = [];
  for (let i = 0; i < own.length; i++) {
    if (own[i] === 0) continue;
    indexes.push(i);
    met.push(own[i] as number);
  }
  return {
    signals: { indexes, times: met },
    breaksMinorsRule: has(concept.minor) && (has(concept.lust) || has(concept.sexual2)),
  };
}

/** Counts concepts, and deeds with those they are done to. */
function count(events: readonly ConceptEvent[]): void {
  // Word at which each of these was last met: a deed is told from the person or thing that comes within reach behind it.
  let killedAt = NONE;
  let hurtAt = NONE;
  let youAt = NONE;
  let insult2At = NONE;
  let insult1At = NONE;
  let profanityAt = NONE;
  for (const { concepts, first, last } of events) {
    const near = (at: number): boolean => first - at <= REACH && first > at;
    for (const met of concepts) {
      own[met] = (own[met] as number) + 1;
      switch (met) {
        case concept.person:
        case concept.group:
          if (near(killedAt)) {
            bump(together.kill_person);
            killedAt = NONE;
          }
          if (near(hurtAt)) {
            bump(together.hurt_person);
            hurtAt = NONE;
          }
          break;
        case concept.thing:
          if (near(killedAt)) {
            bump(together.kill_thing);
            killedAt = NONE;
          }
          if (near(hurtAt)) {
            bump(together.hurt_thing);
            hurtAt = NONE;
          }
          break;
        case concept.kill:
          killedAt = last;
          break;
        case concept.hurt:
          hurtAt = last;
          break;
        case concept.you:
          if (first - insult2At <= 3) {
            bump(together.you_insult2);
            insult2At = NONE;
          }
          if (first - profanityAt <= 2) {
            bump(together.you_profanity);
            profanityAt = NONE;
          }
          youAt = first;
          break;
        case concept.insult2:
          if (near(youAt)) bump(together.you_insult2);
          insult2At = last;
          break;
        case concept.insult1:
          if (near(youAt) && first !== insult1At) bump(together.you_insult1);
          insult1At = first;
          break;
        case concept.profanity2:
          if (near(youAt)) bump(together.you_profanity);
          profanityAt = last;
          break;
        default:
      }
    }
  }
}

/** Concepts that mean more within one window than each alone. */
function combine(): void {
  const personKilled = own[together.kill_person] as number;
  const personHurt = own[together.hurt_person] as number;
  const wanted = has(concept.ask) || has(concept.make) ? 1 : 0;
  const asked = has(concept.ask) ? 1 : 0;
  const group = Math.min(1, times(concept.group));
  if (has(concept.intend)) set(together.intend_kill_person, personKilled);
  if (asked) {
    set(together.ask_kill_person, personKilled);
    set(together.ask_hurt_person, personHurt);
    set(together.ask_selfharm, times(concept.selfharm2));
  }
  if (has(concept.self)) set(together.self_selfharm1, times(concept.selfharm1));
  if (group) {
    set(together.group_dehumanised, times(concept.dehumanise));
    set(together.group_excluded, times(concept.exclude));
    set(together.group_despised, times(concept.despise));
    set(together.group_insulted, times(concept.insult2) + times(concept.profanity2) + times(concept.hate2));
    set(together.group_killed, times(concept.kill) + times(concept.hurt) + times(concept.threat2));
    if (has(concept.sweeping))
      set(together.group_swept, times(concept.dehumanise) + times(concept.insult2) + times(concept.insult1));
    if (has(concept.counter)) set(together.counter_hate, 1);
    if (wanted)
      set(
        together.request_hate_of_group,
        times(concept.hateful2) + times(concept.promote) + times(concept.exclude) + times(concept.insult2),
      );
  }
  if (wanted) {
    set(together.request_hateful, times(concept.hateful2));
    set(together.request_bullying, times(concept.bully2));
    set(together.request_porn, times(concept.porn2) + times(concept.sexual2));
    for (const [request, object] of REQUESTS) set(request, times(object));
  }
  let harm =
    personKilled +
    personHurt +
    times(concept.selfharm2) +
    times(concept.kill) +
    times(concept.hateful2) +
    times(concept.bully2) +
    times(concept.porn2);
  for (const [, object] of REQUESTS) harm += times(object);
  harm = Math.min(2, harm);
  if (harm === 0) return;
  if (has(concept.evade)) set(together.evade_harm, harm);
  if (has(concept.promote)) set(together.promote_harm, harm);
  if (has(concept.prevent)) set(together.prevent_harm, Math.min(2, times(concept.prevent)));
  if (has(concept.learn)) set(together.learn_harm, 1);
  if (has(concept.fiction)) set(together.fiction_harm, 1);
  if (has(concept.past)) set(together.past_harm, 1);
  if (has(concept.game)) set(together.game_harm, 1);
  if (has(concept.define)) set(together.define_harm, 1);
  if (has(concept.care)) set(together.care_harm, 1);
  if (wanted && !EXCUSES.some(has) && (personKilled || personHurt || STRONG.some(has))) {
    set(asked ? together.plain_question : together.plain_order, 1);
  }
}

/** What may be wanted for a good reason. */
const EXCUSES = [
  concept.thing,
  concept.prevent,
  concept.learn,
  concept.past,
  concept.fiction,
  concept.care,
  concept.counter,
  concept.game,
  concept.define,
] as const;

/** What is hardly ever wanted for one. */
const STRONG = [
  concept.selfharm2,
  concept.weapons2,
  concept.drugs2,
  concept.cyber2,
  concept.fraud2,
  concept.crime2,
  concept.hateful2,
  concept.bully2,
  concept.porn2,
] as const;

const REQUESTS = [
  [together.request_weapons2, concept.weapons2],
  [together.request_weapons1, concept.weapons1],
  [together.request_drugs2, concept.drugs2],
  [together.request_drugs1, concept.drugs1],
  [together.request_cyber2, concept.cyber2],
  [together.request_cyber1, concept.cyber1],
  [together.request_fraud2, concept.fraud2],
  [together.request_fraud1, concept.fraud1],
  [together.request_crime2, concept.crime2],
  [together.request_crime1, concept.crime1],
] as const;

function set(index: number, value: number): void {
  own[index] = value;
}

function times(index: number): number {
  return own[index] as number;
}

function has(index: number): boolean {
  return times(index) > 0;
}

function bump(index: number): void {
  own[index] = (own[index] as number) + 1;
}
