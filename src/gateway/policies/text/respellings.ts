// Disguises that keep the letters and change their order or shape: rotated alphabets, text or words backwards, letters apart,
// digits for letters, scrambled middles. Each is looked for by common words in that disguise, so an ordinary text costs a few
// table lookups a word, and only a disguised one is read a second time.
import { COMMON_PAIRS, COMMON_WORDS } from './common-words.js';
import type { FoldedText } from './folded-text.js';
import {
  ATBASH,
  BACKWARDS,
  countCommon,
  countForms,
  isAsciiLetter,
  LEET,
  LONG_WORD,
  unscrambled,
  wordAt,
  type FormCounts,
} from './word-forms.js';

import { splitWords, type WordTable } from './words.js';

export type Respelling = 'rotated' | 'backwards' | 'words_backwards' | 'spaced' | 'leet' | 'scrambled' | 'run_together';

/** A stretch of a folded text as it reads without one disguise. */
export interface Respelled {
  readonly respelling: Respelling;
  /** Its offsets lead to units of the stretch. */
  readonly text: FoldedText;
  /** Units of the folded text before the stretch. */
  readonly from: number;
}

type Reading = Omit<Respelled, 'from'>;

/** Signs are counted over so many units, so that a chance resemblance has only its surroundings read again. */
const STRETCH = 1024;
/** Read before and behind a stretch with signs, so that no sentence is cut in two unread. */
const MARGIN = 256;

/** Fewer words in a disguise are taken for chance. */
const FEWEST = 2;
/** Single letters in a row, likewise. */
const FEWEST_IN_ROW = 4;

/** The readings of a text without the disguises that it shows signs of; usually none. */
export function respellings(text: FoldedText, words: WordTable): Respelled[] {
  const found: Respelled[] = [];
  const { count, starts, ends } = words;
  for (let first = 0, past = 0; first < count; first = past) {
    const limit = (starts[first] as number) + STRETCH;
    while (past < count && (starts[past] as number) < limit) past++;
    const counts = countForms(text, words, first, past);
    if (!hasSigns(counts)) continue;
    const from = Math.max(0, (starts[first] as number) - MARGIN);
    const to = Math.min(text.length, (ends[past - 1] as number) + MARGIN);
    const stretch = { codes: text.codes.subarray(from, to), length: to - from, confusables: 0 };
    for (const reading of readings(stretch, counts)) found.push({ ...reading, from });
  }
  return found;
}

function hasSigns({ forms, reversedPairs, longestRow, leet, scrambled, longWords }: FormCounts): boolean {
  const isRead = reversedPairs >= FEWEST || longestRow >= FEWEST_IN_ROW || leet + scrambled + longWords > 0;
  return isRead || forms.some((times) => times >= FEWEST);
}

function readings(text: FoldedText, counts: FormCounts): Reading[] {
  const found: Reading[] = [];
  const words = splitWords(text);
  for (let rotation = 1; rotation <= ATBASH; rotation++) {
    if ((counts.forms[rotation] as number) >= FEWEST) found.push(rotated(text, rotation));
  }
  if ((counts.forms[BACKWARDS] as number) >= FEWEST) found.push(backwards(text), eachBackwards(text, words));
  if (counts.reversedPairs >= FEWEST && counts.reversedPairs > counts.pairs) found.push(wordsBackwards(text, words));
  if (counts.longestRow >= FEWEST_IN_ROW) found.push(spaced(text, words));
  if (counts.leet >= 1) found.push(...leet(text));
  if (counts.scrambled >= 1) found.push(eachUnscrambled(text, words));
  if (counts.longWords >= 1) found.push(...split(text, words));
  return found;
}

/** @param rotation how far the disguise moved each letter, 26 for the mirrored alphabet. */
function rotated({ codes, length }: FoldedText, rotation: number): Reading {
  const plain = codes.slice(0, length);
  for (let i = 0; i < length; i++) {
    const letter = (plain[i] as number) - 97;
    if (letter < 0 || letter > 25) continue;
    plain[i] = 97 + (rotation === ATBASH ? 25 - letter : (letter + 26 - rotation) % 26);
  }
  return { respelling: 'rotated', text: { codes: plain, length, confusables: 0 } };
}

function backwards({ codes, length }: FoldedText): Reading {
  const offsets = Uint32Array.from({ length: length + 1 }, (_, i) => Math.max(0, length - 1 - i));
  return {
    respelling: 'backwards',
    text: { codes: codes.slice(0, length).reverse(), length, offsets, confusables: 0 },
  };
}

/** The words where they are, each read from its end. */
function eachBackwards(text: FoldedText, { count, starts, ends }: WordTable): Reading {
  const codes = text.codes.slice(0, text.length);
  for (let word = 0; word < count; word++) codes.subarray(starts[word], ends[word]).reverse();
  return { respelling: 'backwards', text: { codes, length: text.length, confusables: 0 } };
}

function wordsBackwards(text: FoldedText, { count, starts, ends }: WordTable): Reading {
  const writer = new Writer(text.length + count);
  for (let word = count - 1; word >= 0; word--) {
    writer.copy(text.codes, starts[word] as number, ends[word] as number);
    writer.put(SPACE, ends[word] as number);
  }
  return { respelling: 'words_backwards', text: writer.text(text.length) };
}

/** Joins rows of single letters. A gap unlike the row's first one parts two words. */
function spaced(text: FoldedText, { count, starts, ends }: WordTable): Reading {
  const { codes } = text;
  const writer = new Writer(text.length + count);
  const isLetter = (word: number): boolean => word < count && (ends[word] as number) - (starts[word] as number) === 1;
  for (let word = 0; word < count;) {
    let last = word;
    while (isLetter(last + 1) && isLetter(word)) last++;
    if (last - word < 3) {
      writer.copy(codes, starts[word] as number, ends[word] as number);
      writer.put(SPACE, ends[word] as number);
      word++;
      continue;
    }
    const gap = gapText(codes, ends[word] as number, starts[word + 1] as number);
    const joined = writer.length;
    let hasParts = false;
    for (; word <= last; word++) {
      writer.copy(codes, starts[word] as number, ends[word] as number);
      if (word === last || gapText(codes, ends[word] as number, starts[word + 1] as number) !== gap) {
        hasParts ||= word !== last;
        writer.put(SPACE, ends[word] as number);
      }
    }
    if (!hasParts) writer.splitRunOn(joined);
  }
  return { respelling: 'spaced', text: writer.text(text.length) };
}

function gapText(codes: Uint16Array, from: number, to: number): string {
  return String.fromCharCode(...codes.subarray(from, Math.min(to, from + 8)));
}

const ONE = 0x31;
const LOWER_L = 0x6c;

/** Digits and signs beside letters as the letters they pass for; nothing when no common word comes out. */
function leet({ codes, length }: FoldedText): Reading[] {
  const plain = codes.slice(0, length);
  for (let at = 0; at < length;) {
    if (!isLeetPart(codes, at)) {
      at++;
      continue;
    }
    let end = at;
    let letters = 0;
    while (end < length && isLeetPart(codes, end)) if (isAsciiLetter(codes[end++] as number)) letters++;
    if (letters > 0 && letters < end - at) {
      for (let i = at; i < end; i++) plain[i] = LEET.get(codes[i] as number) ?? (codes[i] as number);
    }
    at = end;
  }
  const text = { codes: plain, length, confusables: 0 };
  const before = knownWords({ codes, length, confusables: 0 });
  for (const withL of [false, true]) {
    if (withL) for (let i = 0; i < length; i++) if (codes[i] === ONE && plain[i] !== ONE) plain[i] = LOWER_L;
    if (knownWords(text) > before) return [{ respelling: 'leet', text }];
  }
  return [];
}

function isLeetPart(codes: Uint16Array, at: number): boolean {
  const unit = codes[at] as number;
  return isAsciiLetter(unit) || LEET.has(unit);
}

function knownWords(text: FoldedText): number {
  return countCommon(splitWords(text));
}

function eachUnscrambled(text: FoldedText, { count, starts, ends }: WordTable): Reading {
  const plain = text.codes.slice(0, text.length);
  for (let word = 0; word < count; word++) {
    const start = starts[word] as number;
    const spelled = wordAt(plain, start, Math.min(ends[word] as number, start + 24));
    const meant = unscrambled(spelled);
    if (meant !== undefined) for (let i = 0; i < meant.length; i++) plain[start + i] = meant.charCodeAt(i);
  }
  return { respelling: 'scrambled', text: { codes: plain, length: text.length, confusables: 0 } };
}

/** Parts words that were run together, when they are made of common ones for the most part. */
function split(text: FoldedText, { count, starts, ends }: WordTable): Reading[] {
  const writer = new Writer(text.length * 2 + count);
  let parted = false;
  for (let word = 0; word < count; word++) {
    const from = writer.length;
    writer.copy(text.codes, starts[word] as number, ends[word] as number);
    writer.put(SPACE, ends[word] as number);
    if ((ends[word] as number) - (starts[word] as number) >= LONG_WORD) parted = writer.splitRunOn(from) || parted;
  }
  return parted ? [{ respelling: 'run_together', text: writer.text(text.length) }] : [];
}

const SPACE = 0x20;
const vocabulary = new Set([...COMMON_WORDS, ...COMMON_PAIRS.join(' ').split(/[ |]/)]);
const LONGEST_COMMON = Math.max(...[...vocabulary].map(({ length }) => length));
/** A run-on word longer than this is no disguise of prose, and parting it would cost too much. */
const LONGEST_RUN_ON = 600;

/** Builds a folded text unit by unit. */
class Writer {
  #codes: Uint16Array;
  #offsets: Uint32Array;
  length = 0;

  constructor(capacity: number) {
    this.#codes = new Uint16Array(capacity + 1);
    this.#offsets = new Uint32Array(capacity + 2);
  }

  put(unit: number, offset: number): void {
    if (this.length + 1 >= this.#codes.length) {
      const codes = new Uint16Array(2 * this.#codes.length + 2);
      const offsets = new Uint32Array(2 * this.#offsets.length + 2);
      codes.set(this.#codes);
      offsets.set(this.#offsets);
      [this.#codes, this.#offsets] = [codes, offsets];
    }
    this.#offsets[this.length] = offset;
    this.#codes[this.length++] = unit;
  }

  copy(codes: Uint16Array, from: number, to: number): void {
    for (let i = from; i < to; i++) this.put(codes[i] as number, i);
  }

  /** Parts the letters from `from` to the last one written into common words; true when most of them belong to one. */
  splitRunOn(from: number): boolean {
    const end = this.length - 1;
    const size = end - from;
    if (size < 8 || size > LONGEST_RUN_ON) return false;
    const letters = String.fromCharCode(...this.#codes.subarray(from, end));
    // best[i]: the fewest letters outside common words among the first i; cut[i]: where the last part of that begins.
    const best = new Float64Array(size + 1);
    const cut = new Uint32Array(size + 1);
    for (let i = 1; i <= size; i++) {
      best[i] = (best[i - 1] as number) + 1.01;
      cut[i] = i - 1;
      for (let part = 2; part <= Math.min(i, LONGEST_COMMON); part++) {
        if (!vocabulary.has(letters.slice(i - part, i))) continue;
        const cost = (best[i - part] as number) + 0.1;
        if (cost < (best[i] as number)) {
          best[i] = cost;
          cut[i] = i - part;
        }
      }
    }
    if ((best[size] as number) > size * 0.45) return false;
    const parts: [number, number][] = [];
    for (let i = size; i > 0; i = cut[i] as number) parts.unshift([cut[i] as number, i]);
    const offsets = this.#offsets.slice(from, end);
    this.length = from;
    let known = true;
    for (const [start, stop] of parts) {
      const isKnown = stop - start > 1;
      // Letters of an unknown word stay together.
      if (start > 0 && (isKnown || known)) this.put(SPACE, offsets[start] as number);
      for (let i = start; i < stop; i++) this.put(letters.charCodeAt(i), offsets[i] as number);
      known = isKnown;
    }
    this.put(SPACE, offsets[size - 1] as number);
    return true;
  }

  text(sourceLength: number): FoldedText {
    this.#offsets[this.length] = sourceLength;
    return { codes: this.#codes, length: this.length, offsets: this.#offsets, confusables: 0 };
  }
}
