import { CONCEPTS, type Concept } from './concepts.js';
import type { ConceptEvents } from './concept-scan.js';
import { RULES, type Rule } from './rules.js';

/** A rule that holds, and the words that it holds over. */
export interface RuleMatch {
  /** Index into `RULES`. */
  readonly rule: number;
  /** Sentence of the anchor. */
  readonly sentence: number;
  /** Units of the folded text, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

/** A new sentence between two events counts as so many words. */
const SENTENCE_STEP = 3;
/** No rule looks farther. */
const FARTHEST = 30;
/** "Right before" for a negation: within so many words. */
const NEGATION_REACH = 2;

/** Two words of 32 bits: which concepts a set holds. */
interface Mask {
  readonly low: number;
  readonly high: number;
}

interface CompiledRule {
  readonly index: number;
  readonly rule: Rule;
  readonly rows: readonly Mask[];
  readonly unless: Mask;
}

const NOTHING: Mask = { low: 0, high: 0 };
const byAnchor: readonly (readonly CompiledRule[])[] = compileRules();

/** All rules that hold somewhere in the events, in the order of their anchors. */
export function matchRules(events: ConceptEvents): RuleMatch[] {
  const matches: RuleMatch[] = [];
  const present = conceptsOf(events);
  for (let i = 0; i < events.count; i++) {
    const rules = byAnchor[events.concepts[i] as number] as readonly CompiledRule[];
    for (const compiled of rules) {
      if (!canHold(compiled, present)) continue;
      const match = matchAt(events, i, compiled);
      if (match !== undefined) matches.push(match);
    }
  }
  return matches;
}

function conceptsOf({ concepts, count }: ConceptEvents): Mask {
  let [low, high] = [0, 0];
  for (let i = 0; i < count; i++) {
    const concept = concepts[i] as number;
    if (concept < 32) low |= 1 << concept;
    else high |= 1 << (concept - 32);
  }
  return { low, high };
}

/** Most texts lack what most rules ask for. */
function canHold({ rows }: CompiledRule, { low, high }: Mask): boolean {
  for (const row of rows) if ((row.low & low) === 0 && (row.high & high) === 0) return false;
  return true;
}

function matchAt(
  events: ConceptEvents,
  anchor: number,
  { index, rule, rows, unless }: CompiledRule,
): RuleMatch | undefined {
  const { concepts, words, sentences, starts, ends, count } = events;
  const word = words[anchor] as number;
  const sentence = sentences[anchor] as number;
  let met = 0;
  const anchored = starts[anchor] as number;
  let start = anchored;
  let end = ends[anchor] as number;
  for (let i = anchor + 1; i < count; i++) {
    const distance = (words[i] as number) - word + SENTENCE_STEP * ((sentences[i] as number) - sentence);
    if (distance > rule.after) break;
    if (starts[i] === anchored) continue;
    const row = firstUnmet(rows, met, concepts[i] as number);
    if (row < 0) continue;
    met |= 1 << row;
    end = ends[i] as number;
  }
  for (let i = anchor - 1; i >= 0; i--) {
    const distance = word - (words[i] as number) + SENTENCE_STEP * (sentence - (sentences[i] as number));
    if (distance > rule.before) break;
    if (starts[i] === anchored) continue;
    if (distance <= NEGATION_REACH && holds(unless, concepts[i] as number)) return undefined;
    const row = firstUnmet(rows, met, concepts[i] as number);
    if (row < 0) continue;
    met |= 1 << row;
    start = starts[i] as number;
  }
  return met === (1 << rows.length) - 1 ? { rule: index, sentence, start, end } : undefined;
}

/** The first row not met yet that the concept meets: one event meets one row. */
function firstUnmet(rows: readonly Mask[], met: number, concept: number): number {
  for (let row = 0; row < rows.length; row++) {
    if ((met & (1 << row)) === 0 && holds(rows[row] as Mask, concept)) return row;
  }
  return -1;
}

function holds(mask: Mask, concept: number): boolean {
  return concept < 32 ? (mask.low & (1 << concept)) !== 0 : (mask.high & (1 << (concept - 32))) !== 0;
}

function maskOf(concepts: readonly Concept[]): Mask {
  let [low, high] = [0, 0];
  for (const concept of concepts) {
    const index = CONCEPTS.indexOf(concept);
    if (index < 32) low |= 1 << index;
    else high |= 1 << (index - 32);
  }
  return { low, high };
}

function compileRules(): CompiledRule[][] {
  const table: CompiledRule[][] = CONCEPTS.map(() => []);
  for (const [index, rule] of RULES.entries()) {
    if (Math.max(rule.before, rule.after) > FARTHEST)
      throw new Error(`${rule.id}: looks farther than ${FARTHEST} words`);
    const compiled = {
      index,
      rule,
      rows: rule.near.map(maskOf),
      unless: rule.unless === undefined ? NOTHING : maskOf(rule.unless),
    };
    for (const concept of rule.anchor) table[CONCEPTS.indexOf(concept)]?.push(compiled);
  }
  return table;
}
