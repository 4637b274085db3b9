import type { Finding } from '../finding.js';
import { LaneText } from '../stream/lane-text.js';
import type { SpanDetector, SpanFinder } from '../stream/span-finder.js';
import { CHAR, CHARACTER_TABLE, classOf, isDigit, isHexDigit, isWord, LETTER, WORD } from './characters.js';
import { MAX_ROW, TableHeader } from './context/table-header.js';
import { CONTEXT_BEFORE, Surroundings } from './context/surroundings.js';
import type { EntityType } from './entity-types.js';
import { foldChunk } from './fold.js';
import { OffsetMap } from './offset-map.js';
import { CUE_WORD, FOLLOWED, MAX_LENGTH, PLAIN } from './recognisers/cue-words.js';
import { Proposals, type Proposal } from './recognisers/proposals.js';
import type { Recognisers } from './recognisers/recognisers.js';
import { isKeyBeginning } from './recognisers/secrets.js';

/** How far before the place that raised attention a recogniser may look. */
const LOOK_BACK = 192;
/** A longer word is cut: no value of a single word is longer, but for those that read on by themselves. */
const MAX_WORD = 1_024;
/** What stays in memory behind the last decision: context, and the beginning of the table row. */
const KEEP = Math.max(LOOK_BACK + 256, MAX_ROW + LOOK_BACK);
/** A secret may follow its key id within so many units. */
const NEAR_KEY_ID = 160;
/** Longest run of characters that an `@` behind them could turn into an address. */
const MAX_LOCAL = 64;
/** A word without end is looked at again after so many units. */
const WORD_STEP = 64;
const SPACE = 32;
const NONE: readonly Finding[] = [];
/** The classes of a word of ASCII letters with a capital among them. */
const CAPITALISED = PLAIN | CHAR.upper;

/**
 * Finds personal data, secrets and the like.
 *
 * One pass over the characters stops at every word and sign with which something could begin; the recognisers for that kind
 * of place read on from there, and the surest reading wins. The pass then goes on behind it, so findings never overlap and
 * what comes first wins over what begins inside it. All reading goes through `LaneText`, which notices a decision that more
 * text could change: such a place is tried again when there is more, and held back until then.
 */
export class PiiDetector implements SpanDetector {
  readonly #recognisers: Recognisers;
  readonly #wanted: ReadonlySet<EntityType>;
  readonly #allowed: ReadonlySet<string>;

  /**
   * @param wanted types to report; the others still claim their characters, so that a card is not taken for a phone number.
   * @param allowList texts that are never reported, whatever their case.
   */
  constructor(recognisers: Recognisers, wanted: ReadonlySet<EntityType>, allowList: readonly string[]) {
    this.#recognisers = recognisers;
    this.#wanted = wanted;
    this.#allowed = new Set(allowList.map((text) => foldChunk(text).text.toLowerCase()));
  }

  /** @param text where the finder keeps what it reads; a test counts the reads. */
  lane(text = new LaneText()): SpanFinder {
    return new PiiSpanFinder(this.#recognisers, this.#wanted, this.#allowed, text);
  }
}

class PiiSpanFinder implements SpanFinder {
  readonly #recognisers: Recognisers;
  readonly #wanted: ReadonlySet<EntityType>;
  readonly #allowed: ReadonlySet<string>;
  /** Names and addresses begin with any capitalised word. */
  readonly #wantsCapitals: boolean;
  readonly #text: LaneText;
  readonly #offsets = new OffsetMap();
  readonly #proposals = new Proposals();
  readonly #table: TableHeader;
  readonly #scene: { readonly text: LaneText; readonly around: Surroundings; previousEnd: number };
  #findings: Finding[] = [];
  /** Where reading goes on; everything before has been looked at. */
  #at = 0;
  /** How far the word at `#at` has been read, and what it consists of so far. */
  #wordEnd = 0;
  #wordBits = 0;
  #lastKeyIdEnd = -NEAR_KEY_ID;
  /** Bits of `CUE_WORD` of the word just read. */
  #kind = 0;
  /** Where a security code or a PIN was spoken of last. */
  #cardDetailAt = -CONTEXT_BEFORE;
  /** Where a birth was spoken of last. */
  #birthAt = -CONTEXT_BEFORE;
  /** What a word like "password" said of a value that has not been reached yet. */
  #announced: Proposal | undefined;
  /** The text must reach here before the place at `#at` is tried again. */
  #retryAt = 0;
  /** The text ends inside a word, of which nothing can be said before its end or before `#advanceAt`. */
  #isInWord = false;
  #advanceAt = 0;
  #decided = 0;

  constructor(recognisers: Recognisers, wanted: ReadonlySet<EntityType>, allowed: ReadonlySet<string>, text: LaneText) {
    this.#text = text;
    this.#recognisers = recognisers;
    this.#wanted = wanted;
    this.#allowed = allowed;
    this.#wantsCapitals = recognisers.wants.person || recognisers.wants.address;
    this.#table = new TableHeader(recognisers.cues);
    this.#scene = { text: this.#text, around: new Surroundings(this.#text, recognisers.cues), previousEnd: -1 };
  }

  get decided(): number {
    return this.#decided;
  }

  push(chunk: string): readonly Finding[] {
    const folded = foldChunk(chunk);
    if (folded.removed.length > 0) this.#offsets.remove(this.#text.end, folded.removed);
    const goesOn = this.#isInWord && this.#text.end < this.#advanceAt && isWholeWord(folded.text);
    this.#text.append(folded.text);
    if (goesOn || this.#text.end < this.#retryAt) return NONE;
    return this.#advance();
  }

  flush(): readonly Finding[] {
    this.#text.finish();
    return this.#advance();
  }

  #advance(): readonly Finding[] {
    this.#retryAt = 0;
    this.#isInWord = false;
    this.#advanceAt = this.#text.end + WORD_STEP;
    while (this.#step());
    this.#settle();
    if (this.#findings.length === 0) return NONE;
    const findings = this.#findings;
    this.#findings = [];
    return findings;
  }

  /** Reads on to the next place of interest and decides it. False when there is nothing more to decide for now. */
  #step(): boolean {
    const { units, base, ended, end: textEnd } = this.#text;
    const length = textEnd - base;
    const announcedAt = this.#announced ? this.#announced.start - base : length;
    let k = this.#at - base;
    while (k < length) {
      if (k >= announcedAt) return this.#decideAnnounced(base + k);
      const bits = CHARACTER_TABLE[units[k] as number] as number;
      if (bits & WORD) {
        let union = bits;
        let end = k + 1;
        if (this.#wordEnd > base + k) {
          end = this.#wordEnd - base;
          union = this.#wordBits;
        }
        const limit = Math.min(length, k + MAX_WORD);
        for (let next = 0; end < limit; end += 1) {
          next = CHARACTER_TABLE[units[end] as number] as number;
          if (!(next & WORD)) break;
          union |= next;
        }
        if (end + 1 >= length && !ended && end - k < MAX_WORD) {
          this.#at = base + k;
          this.#wordEnd = base + end;
          this.#wordBits = union;
          this.#isInWord = end === length;
          return false;
        }
        if (!this.#isPlain(k, end, union, length) && this.#isInteresting(k, end, union, length)) {
          return this.#decideWord(base + k, base + end, union);
        }
        k = end;
      } else if (bits & CHAR.trigger && mayBegin(units, k, length, ended)) {
        return this.#decideSign(base + k, units[k] as number);
      } else {
        k += 1;
      }
    }
    this.#at = base + length;
    return false;
  }

  /** True for nearly all words: letters alone, none of the signs behind them that make keys and addresses, and no cue. */
  #isPlain(k: number, end: number, bits: number, length: number): boolean {
    const { units } = this.#text;
    const letters = bits | CHAR.notHex;
    const size = end - k;
    const after = end < length ? (units[end] as number) : SPACE;
    if (size > MAX_LENGTH || after === 45 || after === 46 || after === 58) return false;
    if (size === 2 && after === SPACE && isDigit(units[end + 1] as number)) return false;
    if (letters === PLAIN) return !this.#recognisers.cueWords.mayBeSmall(units, k, end);
    return letters === CAPITALISED && !this.#wantsCapitals && !this.#recognisers.cueWords.mayEnd(units, k, end);
  }

  #isInteresting(k: number, end: number, bits: number, length: number): boolean {
    return bits & CHAR.digit
      ? this.#isInterestingNumber(k, end, bits, length)
      : this.#isInterestingWord(k, end, bits, length);
  }

  /** A cheap look at a word with digits: false when nothing can begin with it. `k` and `end` index the buffer. */
  #isInterestingNumber(k: number, end: number, bits: number, length: number): boolean {
    const { units } = this.#text;
    const size = end - k;
    const { wants } = this.#recognisers;
    if (size > 4 || bits & LETTER || wants.age || wants.address) return true;
    const after = end < length ? (units[end] as number) : -1;
    const next = end + 1 < length ? (units[end + 1] as number) : -1;
    const start = this.#text.base + k;
    const isBirth = start - this.#birthAt < CONTEXT_BEFORE || this.#table.isActive;
    // More digits, a bracket, or, where a birth was spoken of, a month's name: the number is a part of something.
    if (after === SPACE) {
      if (isDigit(next) || next === 40 || (isBirth && size < 3)) return true;
    } else if (after === 45 || after === 47) {
      if (isWord(next) || (next === SPACE && (end + 2 >= length || isDigit(units[end + 2] as number)))) return true;
    } else if (after === 46 || after === 58) {
      if (isWord(next) || (isBirth && size < 3)) return true;
    } else if (after >= 0x5e74) {
      return true;
    }
    // Three or four digits alone may be a security code or a PIN, where one was spoken of.
    return size > 2 && (start - this.#cardDetailAt < CONTEXT_BEFORE || this.#table.isActive);
  }

  /** A cheap look at a word of letters: false for nearly all. */
  #isInterestingWord(k: number, end: number, bits: number, length: number): boolean {
    const { units, base } = this.#text;
    const size = end - k;
    this.#kind = this.#recognisers.cueWords.kindOf(this.#text.slice(base + Math.max(k, end - 24), base + end));
    if (this.#wantsCapitals && !isSmall(units[k] as number)) return true;
    if (this.#kind !== 0) {
      if (this.#kind & CUE_WORD.cardDetail) this.#cardDetailAt = this.#text.base + k;
      if (this.#kind & CUE_WORD.birth) this.#birthAt = this.#text.base + k;
      if (this.#kind & FOLLOWED) return true;
      if (
        this.#kind & CUE_WORD.month &&
        this.#text.base + k - this.#birthAt < CONTEXT_BEFORE &&
        mayBringDay(units, end, length)
      )
        return true;
    }
    const after = end < length ? (units[end] as number) : -1;
    if (bits === PLAIN && after === SPACE && size > 2) return size > 15;
    if (size > 15 || ((size === 8 || size === 11) && !(bits & CHAR.lower))) return true;
    if (size === 2 && after === SPACE) return isPairOfDigits(units, end + 1, length);
    if (after !== 45 && after !== 46 && after !== 58) return false;
    const next = end + 1 < length ? (units[end + 1] as number) : -1;
    if (!(bits & CHAR.notHex) && size <= 4) return next === 58 || isHexDigit(next);
    return (
      size <= 10 &&
      after !== 58 &&
      isWord(next) &&
      isKeyBeginning(String.fromCharCode(units[k] as number, units[k + 1] as number))
    );
  }

  #decideWord(start: number, end: number, bits: number): boolean {
    this.#look(start);
    const { text } = this.#scene;
    if (bits & CHAR.digit || end - start > 15) {
      this.#recognisers.word(start, end, bits, this.#scene, this.#proposals);
      if (start - this.#lastKeyIdEnd < NEAR_KEY_ID) this.#recognisers.besideKeyId(start, this.#scene, this.#proposals);
    } else if (start - this.#lastKeyIdEnd < NEAR_KEY_ID) {
      this.#recognisers.besideKeyId(start, this.#scene, this.#proposals);
    }
    if (!(bits & CHAR.digit)) this.#recognisers.letters(start, end, bits, this.#kind, this.#scene, this.#proposals);
    return this.#accept(start, end, text.pastEnd);
  }

  #decideSign(start: number, unit: number): boolean {
    const { text } = this.#scene;
    if (unit === 10) {
      text.floor = 0;
      this.#table.lineEnds(text, start);
      this.#at = start + 1;
      return true;
    }
    this.#look(start);
    switch (unit) {
      case 43: // +
      case 40: // (
        if (isDigit(text.at(start + 1)) || text.at(start + 1) === 43) {
          this.#recognisers.number(start, this.#scene, this.#proposals);
        }
        break;
      default:
        if (unit > 127) this.#cardDetailAt = start;
        this.#recognisers.sign(start, unit, this.#scene, this.#proposals);
    }
    return this.#accept(start, start + 1, text.pastEnd);
  }

  /** The place of which a cue has spoken: its own form may tell more than the cue did. */
  #decideAnnounced(start: number): boolean {
    const announced = this.#announced as Proposal;
    if (start > announced.start) {
      this.#announced = undefined;
      return true;
    }
    this.#look(start);
    const { text } = this.#scene;
    const end = wordEnd(text, start);
    const bits = classesOf(text, start, end);
    if (end > start) this.#recognisers.word(start, end, bits, this.#scene, this.#proposals);
    if (start - this.#lastKeyIdEnd < NEAR_KEY_ID) this.#recognisers.besideKeyId(start, this.#scene, this.#proposals);
    this.#proposals.take(announced);
    const isDecided = this.#accept(start, Math.max(end, start + 1), text.pastEnd);
    if (isDecided) this.#announced = undefined;
    return isDecided;
  }

  #look(start: number): void {
    this.#text.pastEnd = false;
    this.#text.floor = 0;
    this.#scene.around.moveTo(start, this.#table.isActive ? this.#table.columnAt(this.#text, start) : '');
    this.#text.floor = Math.max(0, start - LOOK_BACK);
    this.#proposals.clear();
  }

  /** Takes the best reading of the place at `start`, or postpones it when it rests on text that is still to come. */
  #accept(start: number, end: number, isOpen: boolean): boolean {
    if (isOpen) {
      this.#at = start;
      const pending = this.#text.end - start;
      if (pending > 64) this.#retryAt = this.#text.end + (pending >> 4);
      return false;
    }
    const best = this.#proposals.best;
    if (!best || best.start < this.#scene.previousEnd) {
      this.#at = end;
    } else if (best.start > end) {
      this.#announced = best;
      this.#at = end;
    } else if (this.#wanted.has(best.type)) {
      if (!this.#isAllowed(best)) this.#report(best.type, best.start, best.end, best.score, best.evidence);
      this.#at = best.end;
      this.#scene.previousEnd = best.end;
    } else {
      this.#at = best.resumeAt;
    }
    this.#wordEnd = 0;
    return true;
  }

  #isAllowed({ start, end }: Proposal): boolean {
    return this.#allowed.size > 0 && this.#allowed.has(this.#text.slice(start, end).toLowerCase());
  }

  #report(type: EntityType, start: number, end: number, score: number, evidence: string): void {
    if (type === 'AWS_ACCESS_KEY') this.#lastKeyIdEnd = end;
    this.#findings.push({
      label: type,
      start: this.#offsets.start(start),
      end: this.#offsets.end(end),
      score,
      evidence: [evidence],
    });
  }

  /** Moves `decided` up to what could still become part of a finding, and forgets what is no longer needed. */
  #settle(): void {
    const text = this.#text;
    let safe = this.#at;
    if (!text.ended) {
      // An `@` or `://` may yet follow and reach back over these.
      text.floor = 0;
      const limit = Math.max(safe - MAX_LOCAL, this.#scene.previousEnd);
      while (safe > limit && classOf(text.at(safe - 1)) & (CHAR.local | WORD)) safe -= 1;
      if (safe === text.end && isHighSurrogate(text.at(safe - 1))) safe -= 1;
    }
    this.#decided = Math.max(this.#decided, this.#offsets.start(safe));
    if (safe - text.base > 2 * KEEP) {
      text.forgetBefore(safe - KEEP);
      this.#offsets.forgetBefore(safe - KEEP);
    }
  }
}

/** False for the signs of ordinary prose and code. Where the next unit is not known yet, anything may. */
function mayBegin(units: Uint16Array, k: number, length: number, ended: boolean): boolean {
  if (k + 1 >= length) return !ended;
  const next = units[k + 1] as number;
  switch (units[k]) {
    case 45: // -
      return next === 45;
    case 58: // :
      return next === 47 || next === 58;
    case 40: // (
    case 43: // +
      return isDigit(next) || next === 43;
    default:
      return true;
  }
}

/** A day follows the month's name, perhaps behind a full stop; what has not arrived yet may be one. */
function mayBringDay(units: Uint16Array, end: number, length: number): boolean {
  return isDigit(units[end + 1] as number) || end + 2 >= length || isDigit(units[end + 2] as number);
}

function isWholeWord(text: string): boolean {
  for (let k = 0; k < text.length; k += 1) if (!isWord(text.charCodeAt(k))) return false;
  return true;
}

function isSmall(unit: number): boolean {
  return unit >= 97 && unit <= 122;
}

/** Two digits and a space, or six digits: how a National Insurance number goes on behind its letters. */
function isPairOfDigits(units: Uint16Array, k: number, length: number): boolean {
  for (let n = 0; n < 6; n += 1) {
    // What has not arrived yet may be anything.
    if (k + n >= length) return n > 0;
    const unit = units[k + n] as number;
    if (n === 2 && unit === SPACE) return true;
    if (!isDigit(unit)) return false;
  }
  return true;
}

function wordEnd(text: LaneText, start: number): number {
  let end = start;
  while (end < start + MAX_WORD && classOf(text.at(end)) & WORD) end += 1;
  return end;
}

function classesOf(text: LaneText, start: number, end: number): number {
  let bits = 0;
  for (let at = start; at < end; at += 1) bits |= classOf(text.at(at));
  return bits;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
