import { isDigit, isWord } from '../characters.js';
import { isDate } from '../checksums/digit-checks.js';
import type { LaneText } from '../../stream/lane-text.js';
import { isRightClear, leftEdge, type NumberRun } from './number-run.js';
import type { Proposals } from './proposals.js';
import { isCued, type Scene } from './scene.js';
import { runEnd } from './token.js';

/** Names of the months and their usual abbreviations in the languages of the cues; some mean the like in several. */
export const MONTH_WORDS: readonly string[] = [
  'january jan januar janvier janv januari ene enero gen gennaio jan janeiro styczeń stycznia sty tammikuuta jänner',
  'february feb februar février fév fev fevrier febrero febbraio fevereiro luty lutego lut helmikuuta februari',
  'march mar märz mrz marzo mars março marzec marca maart mrt maaliskuuta',
  'april apr avril avr abril abr aprile kwiecień kwietnia kwi huhtikuuta',
  'may mai mayo maggio mag maio mei maj maja toukokuuta',
  'june jun juni juin junio giugno giu junho czerwiec czerwca cze kesäkuuta',
  'july jul juli juillet juil julio luglio lug julho lipiec lipca lip heinäkuuta',
  'august aug août aout agosto ago augustus augusti sierpień sierpnia sie elokuuta',
  'september sep sept septembre septiembre settembre set setembro wrzesień września wrz syyskuuta',
  'october oct oktober okt octobre octubre ottobre ott outubro out październik października paź lokakuuta',
  'november nov novembre noviembre novembro listopad listopada lis marraskuuta',
  'december dec dezember dez décembre déc diciembre dic dicembre dezembro grudzień grudnia gru joulukuuta',
].flatMap((names) => names.split(' '));

const MONTHS = new Set(MONTH_WORDS);

/** Longest name of a month above. */
export const MAX_MONTH = 12;

export function isMonthWord(word: string): boolean {
  return MONTHS.has(word.toLowerCase());
}

/** A date of birth in digits: `1947-04-12`, `12/04/1947`, `12.4.47`, or with the month's name after the day. */
export function recogniseBirthDate(run: NumberRun, scene: Scene, out: Proposals): void {
  const { text } = scene;
  const day = run.spans[0];
  if (!day || run.prefix !== '' || leftEdge(text, run.start) === 'joined') return;
  for (const { digits, shape, end } of run.spans) {
    if (digits.length > 8) break;
    if (digits.length > 3 && isNumericDate(shape, digits) && isRightClear(text, end))
      propose(run.start, end, scene, out);
  }
  if (day.digits.length > 2 || Number(day.digits) > 31) return;
  const end = monthAndYearEnd(text, day.end);
  if (end !== undefined) propose(run.start, end, scene, out);
}

/** A date of birth that begins with the month's name, `start` to `end`: `March 11, 1986`. */
export function recogniseMonthFirst(start: number, end: number, scene: Scene, out: Proposals): void {
  const { text } = scene;
  if (end - start > MAX_MONTH || !isMonthWord(text.slice(start, end))) return;
  let at = end + (text.at(end) === 46 ? 1 : 0);
  if (text.at(at) !== 32 && text.at(at) !== 45) return;
  at += 1;
  const dayEnd = runEnd(text, at, 3, isDigit);
  if (dayEnd === at || dayEnd - at > 2) return;
  at = ordinalEnd(text, dayEnd);
  if (text.at(at) === 44) at += 1;
  if (text.at(at) !== 32 && text.at(at) !== 45) return;
  const year = yearEnd(text, at + 1);
  if (year !== undefined) propose(start, year, scene, out);
}

/** `1990年5月12日`, `1990년 5월 12일` behind the year that begins at `start`. */
export function recogniseEastAsianDate(run: NumberRun, scene: Scene, out: Proposals): void {
  const year = run.spans[0];
  if (year?.digits.length !== 4 || !'年년'.includes(unitString(scene.text, year.end))) return;
  let at = year.end;
  for (const mark of ['年년', '月월', '日일']) {
    if (!mark.includes(unitString(scene.text, at))) return;
    at += 1;
    if (mark === '日일') break;
    while (scene.text.at(at) === 32) at += 1;
    const digits = runEnd(scene.text, at, 2, isDigit);
    if (digits === at) return;
    at = digits;
  }
  propose(run.start, at, scene, out);
}

function unitString(text: LaneText, at: number): string {
  const unit = text.at(at);
  return unit < 0 ? ' ' : String.fromCharCode(unit);
}

function propose(start: number, end: number, scene: Scene, out: Proposals): void {
  if (isCued(scene, end, ['dob'])) out.add('DATE_OF_BIRTH', start, end, 0.7, 'context');
}

function isNumericDate(shape: string, digits: string): boolean {
  const match = /^([124])(?<s>[-/. ])([12])\k<s>([124])$/.exec(shape);
  if (!match)
    return (
      shape === '8' &&
      isBirthYear(digits.slice(0, 4)) &&
      isDate(2000, Number(digits.slice(4, 6)), Number(digits.slice(6)))
    );
  const [a, b, c] = [Number(match[1]), Number(match[3]), Number(match[4])];
  const parts = [digits.slice(0, a), digits.slice(a, a + b), digits.slice(a + b, a + b + c)].map(Number) as [
    number,
    number,
    number,
  ];
  if (a === 4) return isBirthYear(digits) && isDate(2000, parts[1], parts[2]);
  if (c === 4 && !isBirthYear(digits.slice(-4))) return false;
  return c !== 1 && (isDate(2000, parts[1], parts[0]) || isDate(2000, parts[0], parts[1]));
}

function isBirthYear(digits: string): boolean {
  return /^(?:1[89]|20)\d\d/.test(digits);
}

/** `1 January 1990`, `1st of May, 1990`, `1. Mai 1990`, `3 de mayo de 1990`, `01-Aug-1970`, from behind the day. */
function monthAndYearEnd(text: LaneText, dayEnd: number): number | undefined {
  let at = ordinalEnd(text, dayEnd);
  if (text.at(at) === 46) at += 1;
  at = spaceEnd(text, at);
  if (text.startsWith('of ', at) || text.startsWith('de ', at)) at += 3;
  const word = runEnd(text, at, MAX_MONTH + 1, isWord);
  if (word === at || !isMonthWord(text.slice(at, word))) return undefined;
  at = word;
  if (text.at(at) === 46 || text.at(at) === 44) at += 1;
  at = spaceEnd(text, at);
  if (text.startsWith('de ', at)) at += 3;
  return yearEnd(text, at);
}

function spaceEnd(text: LaneText, at: number): number {
  return text.at(at) === 32 || text.at(at) === 45 || text.at(at) === 47 ? at + 1 : at;
}

function ordinalEnd(text: LaneText, at: number): number {
  for (const suffix of ['st', 'nd', 'rd', 'th', 'er', 'º']) {
    if (text.startsWith(suffix, at)) return at + suffix.length;
  }
  return at;
}

function yearEnd(text: LaneText, start: number): number | undefined {
  const end = runEnd(text, start, 5, isDigit);
  if (end - start === 4 && isBirthYear(text.slice(start, end)) && !isWord(text.at(end))) return end;
  return end - start === 2 && !isWord(text.at(end)) ? end : undefined;
}
