import type { PromptInjection } from '../../../config/policy-config.js';
import type { Finding } from '../finding.js';
import { foldText, sourceSpan, type FoldedText } from '../text/folded-text.js';
import { letterClass, GAP } from '../text/letters.js';
import { readings, type Reading } from '../text/readings.js';
import { respellings } from '../text/respellings.js';
import { splitWords, type WordTable } from '../text/words.js';
import type { SpanDetector, SpanFinder } from '../stream/span-finder.js';
import { AttackPatterns } from './attack-patterns.js';
import { RULES, type Rule } from './rules.js';
import type { JudgedWindow, WindowJudge } from './window-judge.js';

/** What a text is to the model: written by its user, or data that should instruct no one. */
export type InjectionZone = 'user' | 'system' | 'assistant' | 'tool' | 'document';

export interface InjectionVerdict {
  /** 0..1: that of the text's worst window; see the docs for what a score means. */
  readonly score: number;
  /** In order, without overlaps; empty below the threshold. Labels are rule families, `model`, or `attack_pattern`. */
  readonly findings: readonly Finding[];
}

/** So many units are judged at a time; a caller may let others have their turn between two slices. */
const SLICE = 8 * 1024;
/** The next slice begins so far within the last, so that nothing is cut in two unseen. */
const OVERLAP = 640;
/** Raw score added where a rule holds in a text that is data: nothing there should tell the model what to do. */
const DATA_BONUS = 0.5;

/** Judges texts for prompt injection. Pure but for scratch memory: calls may not nest. */
export class InjectionDetector {
  readonly #settings: PromptInjection;
  readonly #judge: WindowJudge;
  readonly #patterns: AttackPatterns;
  #words: WordTable | undefined;
  #respelledWords: WordTable | undefined;

  constructor(settings: PromptInjection, judge: WindowJudge) {
    this.#settings = settings;
    this.#judge = judge;
    this.#patterns = new AttackPatterns(settings.attack_patterns);
  }

  judge(text: string, zone: InjectionZone = 'user'): InjectionVerdict {
    const slices = this.judgeSlices(text, zone);
    for (;;) {
      const step = slices.next();
      if (step.done === true) return step.value;
    }
  }

  /** Judges slice by slice, yielding after each. */
  *judgeSlices(text: string, zone: InjectionZone = 'user'): Generator<undefined, InjectionVerdict> {
    const findings: Finding[] = [...this.#patterns.find(text)];
    let score = findings.length > 0 ? 1 : 0;
    const bonus = zone === 'tool' || zone === 'document' ? DATA_BONUS : 0;
    for (const reading of readings(text, { decode: this.#settings.encoding.decode_base64 })) {
      for (let from = 0; from < reading.text.length;) {
        const to = sliceEnd(reading.text, from);
        score = Math.max(score, this.#judgeSlice(reading, from, to, bonus, findings));
        yield undefined;
        if (to >= reading.text.length) break;
        from = to - OVERLAP;
      }
    }
    return { score, findings: withoutOverlaps(findings) };
  }

  /** For a lane of the chain: the text is judged when it has ended. */
  spanDetector(zone: InjectionZone): SpanDetector {
    return { lane: () => new InjectionFinder(this, zone) };
  }

  #judgeSlice(reading: Reading, from: number, to: number, bonus: number, findings: Finding[]): number {
    const { threshold, encoding } = this.#settings;
    const source = from === 0 && to === reading.text.length ? reading.text : reading.text.slice(from, to);
    const folded = foldText(source, { unicode: encoding.normalize_unicode, confusables: encoding.detect_homoglyphs });
    const words = (this.#words = splitWords(folded, this.#words));
    const locate = (text: FoldedText, start: number, end: number): readonly [number, number] => {
      const [a, b] = sourceSpan(text, start, end);
      return a <= b ? [a, b] : [b, a];
    };
    const about = { length: reading.text.length, bonus };
    const plain = this.#judge.judge(folded, words, threshold, about);
    let { score } = plain;
    const add = (
      windows: readonly JudgedWindow[],
      text: FoldedText,
      evidence: readonly string[],
      outer?: { readonly text: FoldedText; readonly before: number },
    ): void => {
      const place = (start: number, end: number): readonly [number, number] => {
        const [a, b] = locate(text, start, end);
        const [c, d] = outer === undefined ? [a, b] : locate(outer.text, a + outer.before, b + outer.before);
        return reading.locate(c + from, d + from);
      };
      for (const window of windows) findings.push(findingOf(window, evidence, place));
    };
    const views = folded.confusables > 0 ? [...reading.codings, 'confusables'] : reading.codings;
    add(plain.windows, folded, views);
    if (!encoding.decode_base64) return score;
    for (const { respelling, text, from: before } of respellings(folded, words)) {
      this.#respelledWords = splitWords(text, this.#respelledWords);
      const again = this.#judge.judge(text, this.#respelledWords, threshold, about);
      score = Math.max(score, again.score);
      add(again.windows, text, [...views, respelling], { text: folded, before });
    }
    return score;
  }
}

/** Gathers a lane's text, and judges it when it has ended. */
class InjectionFinder implements SpanFinder {
  decided = 0;
  #text = '';
  #verdict: InjectionVerdict | undefined;
  readonly #detector: InjectionDetector;
  readonly #zone: InjectionZone;

  constructor(detector: InjectionDetector, zone: InjectionZone) {
    this.#detector = detector;
    this.#zone = zone;
  }

  push(chunk: string): readonly Finding[] {
    this.#text += chunk;
    return [];
  }

  async beforeFlush(): Promise<void> {
    const slices = this.#detector.judgeSlices(this.#text, this.#zone);
    for (;;) {
      const step = slices.next();
      if (step.done === true) {
        this.#verdict = step.value;
        return;
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  flush(): readonly Finding[] {
    this.decided = this.#text.length;
    return (this.#verdict ?? this.#detector.judge(this.#text, this.#zone)).findings;
  }
}

/** Where a slice that begins at `from` ends: at a gap between words, if one is near. */
function sliceEnd(text: string, from: number): number {
  const end = from + SLICE;
  if (end >= text.length) return text.length;
  for (let at = end; at > end - OVERLAP / 2; at--) if (letterClass(text.charCodeAt(at)) === GAP) return at;
  return end;
}

/** What a window holds: the stretch over which its rules hold, named for the weightiest of them, or all of it. */
function findingOf(
  { score, start, end, matches }: JudgedWindow,
  views: readonly string[],
  place: (start: number, end: number) => readonly [number, number],
): Finding {
  const rules = Array.from(new Set(matches.map(({ rule }) => rule)), (rule) => RULES[rule] as Rule);
  const [weightiest] = rules.toSorted((a, b) => b.prior - a.prior);
  const [from, to] =
    weightiest === undefined
      ? place(start, end)
      : place(Math.min(...matches.map((match) => match.start)), Math.max(...matches.map((match) => match.end)));
  return {
    label: weightiest?.family ?? 'model',
    start: from,
    end: to,
    score,
    evidence: [...(weightiest === undefined ? ['model'] : rules.map(({ id }) => id)), ...views],
  };
}

/** The surest findings first, then the longest; what overlaps one of them is left out. */
function withoutOverlaps(findings: readonly Finding[]): Finding[] {
  const ranked = [...findings].sort(
    (a, b) => b.score - a.score || b.end - b.start - (a.end - a.start) || a.start - b.start,
  );
  const kept: Finding[] = [];
  for (const finding of ranked) {
    if (finding.end <= finding.start) continue;
    if (kept.every(({ start, end }) => finding.end <= start || finding.start >= end)) kept.push(finding);
    if (kept.length >= MOST_FINDINGS) break;
  }
  return kept.sort((a, b) => a.start - b.start);
}

/** A text that is one attack after the other need not be described to its end. */
const MOST_FINDINGS = 64;
