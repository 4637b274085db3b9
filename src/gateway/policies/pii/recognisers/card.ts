import { isRepdigit, luhn } from '../checksums/digit-checks.js';
import type { Cue } from '../context/lexicon.js';
import { isContinued, isRightClear, leftEdge, type NumberRun } from './number-run.js';
import type { Proposals } from './proposals.js';
import { isAlone, isCued, weigh, type Scene } from './scene.js';

/** Groupings in which card numbers are printed and typed, with one kind of separator throughout. */
const SHAPE = /^(?:1[2-9]|4(?<s>[ -])4\k<s>4(?:\k<s>[1-7](?:\k<s>3)?)?|4(?<t>[ -])6\k<t>[45]|8[ -]8|6[ -]1[0-3])$/;

/** Issuer ranges with the lengths they issue; https://en.wikipedia.org/wiki/Payment_card_number (ISO/IEC 7812-1 lists no more). */
const ISSUERS: readonly (readonly [prefix: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]], // Visa
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]], // Mastercard
  [/^3[47]/, [15]], // American Express
  [/^3(?:0[0-5]|09|[689])/, [14, 16, 17, 18, 19]], // Diners Club
  [/^6(?:011|4[4-9]|5|22)/, [16, 17, 18, 19]], // Discover
  [/^62/, [16, 17, 18, 19]], // UnionPay
  [/^35(?:2[89]|[3-8])/, [16, 17, 18, 19]], // JCB
  [/^(?:5018|5020|5038|5[06-9]|6)/, [12, 16, 17, 18, 19]], // Maestro, where it still exists
  [/^(?:2131|1800)/, [15]], // JCB
  [/^(?:60|65|81|82|508|353|356)/, [16]], // RuPay
  [/^220[0-4]/, [16, 17, 18, 19]], // Mir
];

const CUES: readonly Cue[] = ['card', 'cvv'];

/** Payment cards: Luhn always, then the issuer's range and length, or a word that says card. */
export function recogniseCard(run: NumberRun, scene: Scene, out: Proposals): void {
  if (run.prefix !== '') return;
  for (const [k, span] of run.spans.entries()) {
    const { digits, shape, end } = span;
    if (digits.length < 12 || digits.length > 19 || !SHAPE.test(shape)) continue;
    if (digits.length < 15 && isContinued(span, run.spans[k + 1])) continue;
    if (!luhn(digits) || isRepdigit(digits)) continue;
    const edge = leftEdge(scene.text, run.start);
    if (edge === 'joined' || edge === 'money' || edge === 'decimal' || !isRightClear(scene.text, end)) continue;
    const isIssued = ISSUERS.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits));
    const base = (isIssued ? 0.85 : 0.4) - (digits.length < 13 ? 0.3 : 0) + (shape.length > 2 ? 0.07 : 0);
    const score = weigh(base, scene, end, CUES);
    if (score >= 0.5) out.add('CREDIT_CARD', run.start, end, score, 'checksum');
    else if (digits.length > 13 && isAlone(scene, run.start, end))
      out.add('CREDIT_CARD', run.start, end, 0.55, 'alone');
  }
}

const EXPIRY = /^(?:[12][/.-][24]|2 ?\/ ?[24]|2 \/ [24]|4)$/;

/** The small numbers of a card: security code, expiry date, PIN. Nothing but a word beside them tells what they are. */
export function recogniseCardDetails(run: NumberRun, scene: Scene, out: Proposals): void {
  const first = run.spans[0];
  if (!first || run.prefix !== '' || leftEdge(scene.text, run.start) === 'joined') return;
  for (const span of run.spans) {
    if (span.digits.length > 6) break;
    if (
      span.digits.length > 2 &&
      EXPIRY.test(span.shape) &&
      isMonthAndYear(span.digits) &&
      !continuesDate(scene, span.end)
    ) {
      if (isCued(scene, span.end, ['expiry'])) out.add('CARD_EXPIRY', run.start, span.end, 0.7, 'context');
    }
  }
  if (!isRightClear(scene.text, first.end)) return;
  const { digits, end } = first;
  if ((digits.length === 3 || digits.length === 4) && scene.around.isAnnounced('cvv')) {
    out.add('CVV', run.start, end, 0.75, 'context');
  }
  if (digits.length >= 4 && digits.length <= 8 && scene.around.isAnnounced('pin')) {
    out.add('PIN', run.start, end, 0.72, 'context');
  }
}

function isMonthAndYear(digits: string): boolean {
  const month = Number(digits.length === 3 || digits.length === 5 ? digits[0] : digits.slice(0, 2));
  const year = Number(digits.slice(-2));
  return month >= 1 && month <= 12 && year >= 10 && year <= 60;
}

/** `12/04` of `12/04/1947`. */
function continuesDate(scene: Scene, end: number): boolean {
  const after = scene.text.at(end);
  return (after === 47 || after === 45 || after === 46) && /\d/.test(String.fromCharCode(scene.text.at(end + 1)));
}
