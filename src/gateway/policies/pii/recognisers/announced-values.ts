import { isWord } from '../characters.js';
import type { Cue } from '../context/lexicon.js';
import type { LaneText } from '../../stream/lane-text.js';
import type { Proposals } from './proposals.js';
import { type Scene } from './scene.js';
import { looksRandom } from './secrets.js';
import { runEnd } from './token.js';
import { isPlaceholder } from './url.js';

/** Between a cue and its value stand at most so many units. */
const MAX_CONNECTOR = 28;
const MAX_VALUE = 128;

/** How a value is tied to its cue, from strict to loose. */
type Tie = 'assigned' | 'said' | 'beside';

interface Announced {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly tie: Tie;
  readonly isQuoted: boolean;
}

const CONNECTOR = new RegExp(
  '^["\'`”’)\\]*]{0,3}' + // closes a quoted key
    '(?<first>\\s{0,2}(?:[:=]>?|:=|=>|->|：)|' +
    '\\s{1,2}(?:is|was|are|will be|set to|changed to|to|ist|lautet|war|es|era|est|é|è|är|on|jest|oli|er|есть|hier)(?=[\\s:])|' +
    '\\s{0,1}(?:是|为|為|は|が|는|은|이|가|:))' +
    '(?:\\s{0,3}(?:[:=]|now|currently|just|still|temporarily)(?=\\s))?' +
    '\\s{0,3}(?<quote>["\'`“‘]?)',
);

/** The value that follows a cue ending at `cueEnd`. */
function announcedValue(text: LaneText, cueEnd: number, allowBeside: boolean): Announced | undefined {
  const ahead = text.slice(cueEnd, cueEnd + MAX_CONNECTOR);
  const match = CONNECTOR.exec(ahead);
  let start = cueEnd + 1;
  let tie: Tie = 'beside';
  let quote = '';
  if (match) {
    start = cueEnd + match[0].length;
    quote = match.groups?.['quote'] ?? '';
    tie = /[:=>：]/.test(match.groups?.['first'] ?? '') ? 'assigned' : 'said';
  } else if (!allowBeside || ahead[0] !== ' ') {
    return undefined;
  }
  let end = runEnd(text, start, MAX_VALUE, quote === '' ? isBareUnit : isQuotedUnit);
  if (quote === '') while (end > start && '.,;:)]}'.includes(String.fromCharCode(text.at(end - 1)))) end -= 1;
  if (end === start) return undefined;
  return { start, end, value: text.slice(start, end), tie, isQuoted: quote !== '' && isQuote(text.at(end)) };
}

function isBareUnit(unit: number): boolean {
  return unit > 32 && !isQuote(unit) && unit !== 60 && unit !== 62 && unit < 0x2e80;
}

function isQuotedUnit(unit: number): boolean {
  return unit >= 32 && unit !== 34 && unit !== 0x201d && unit !== 96 && unit !== 39 && unit !== 0x2019;
}

function isQuote(unit: number): boolean {
  return (
    unit === 34 ||
    unit === 39 ||
    unit === 96 ||
    unit === 0x201c ||
    unit === 0x201d ||
    unit === 0x2018 ||
    unit === 0x2019
  );
}

/** Two or three groups of capitals and digits, both present, as plates have them. */
const PLATE = /^[A-ZÄÖÜ0-9]{1,4}(?:[ -]?[A-ZÄÖÜ0-9]{1,4}){0,3}(?![\p{L}\d])/u;

function proposePlate(text: LaneText, cueEnd: number, out: Proposals): void {
  const connector =
    /^["'`)]{0,2}(?:\s{0,2}(?:[:=]|：)|\s(?:number|no\.?|nr\.?|is|was|ist|lautet|es|est|è|é|är|of|number is|no is)[ :]{1,2})?\s{0,2}["'`]?/i;
  const ahead = text.slice(cueEnd, cueEnd + 36);
  const start = cueEnd + (connector.exec(ahead)?.[0].length ?? 0);
  let plate = PLATE.exec(text.slice(start, start + 13))?.[0] ?? '';
  if (start === cueEnd) return;
  // A group of capitals alone at the end is the next word: `AB12 CDE AND`.
  plate = plate.replace(/(?<=\d.*[A-Z].*) [A-Z]{4}$/, '');
  const size = plate.replace(/[ -]/g, '').length;
  if (size >= 4 && size <= 9 && /\d/.test(plate) && /[A-Z]/.test(plate)) {
    out.add('LICENSE_PLATE', start, start + plate.length, 0.7, 'cue');
  }
}

/** What a cue word just read announces. `cues` are those that end at `cueEnd`. */
export function recogniseAnnouncedValue(cues: ReadonlySet<Cue>, cueEnd: number, scene: Scene, out: Proposals): void {
  if (cues.has('plate')) proposePlate(scene.text, cueEnd, out);
  const found = announcedValue(scene.text, cueEnd, cues.has('username') || cues.has('secret'));
  if (!found) return;
  if (cues.has('aws_secret') && /^[A-Za-z0-9+/]{40}$/.test(found.value)) {
    out.add('AWS_SECRET_KEY', found.start, found.end, 0.95, 'cue');
  }
  if (cues.has('password')) proposePassword(found, scene, out);
  if (cues.has('secret')) proposeSecret(found, out);
  if (cues.has('username')) proposeUsername(found, scene, out);
}

function proposePassword(found: Announced, { text }: Scene, out: Proposals): void {
  const value = found.tie === 'assigned' && !found.isQuoted ? found.value.replace(/&\w+=.*$/s, '') : found.value;
  const end = found.start + value.length;
  if (value.length < 4 || value.length > 64 || isPlaceholder(value) || found.tie === 'beside') return;
  if (/\s/.test(value) && !/\d/.test(value)) return;
  const isCode =
    !found.isQuoted && (text.at(end) === 40 || /[(){}[\]]|^[a-z]+\.[a-z]/i.test(value) || value.startsWith('$'));
  if (isCode && !/[A-Z].*\d|\d.*[A-Z]|[!#%^&*]/.test(value)) return;
  const hasDigit = /\d/.test(value);
  const isMixed = /[a-z][A-Z]|[A-Z].*[a-z].*[A-Z]/.test(value);
  const hasSymbol = /[^\p{L}\d\s.,:;'’-]/u.test(value);
  const isSecretLike = (hasDigit && /\p{L}|[^\d.,:-]/u.test(value)) || hasSymbol || isMixed;
  if (
    isSecretLike ||
    (found.isQuoted && found.tie === 'assigned') ||
    (hasDigit && found.tie === 'assigned' && value.length >= 5)
  ) {
    out.add('PASSWORD', found.start, end, isSecretLike ? 0.85 : 0.6, 'cue');
  }
}

function proposeSecret({ start, value, tie }: Announced, out: Proposals): void {
  const token = /^[A-Za-z0-9_./+=~-]+/.exec(value)?.[0].replace(/[.=-]+$/, '') ?? '';
  const padded = value.startsWith(`${token}==`) ? `${token}==` : value.startsWith(`${token}=`) ? `${token}=` : token;
  if (
    token.length < 16 ||
    isPlaceholder(token) ||
    !looksRandom(token) ||
    (/[./]{2}|^\w+\.\w+\.\w+$/.test(token) && !/\d/.test(token))
  )
    return;
  if (tie === 'beside' && token.length < 20) return;
  if (/^\d+(?:[.-]\d+)*$/.test(token)) return;
  out.add('API_KEY', start, start + padded.length, 0.7, 'cue');
}

function proposeUsername({ start, value, tie, isQuoted }: Announced, { text }: Scene, out: Proposals): void {
  const name = /^[\p{L}\d][\p{L}\d._-]{1,38}[\p{L}\d]/u.exec(value)?.[0];
  if (name === undefined || value.includes('@') || isPlaceholder(name) || /^\d+$/.test(name)) return;
  const end = start + name.length;
  const after = text.at(end);
  if (after === 64 || after === 40 || after === 61 || after === 47 || isWord(after)) return;
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name)) return;
  const looksLikeHandle =
    (/[\d_]|\w\.\w/.test(name) && /\p{L}/u.test(name)) || (tie === 'beside' && isLogLine(text, start));
  if (looksLikeHandle || (isQuoted && tie === 'assigned') || (tie === 'assigned' && isExplicit(text, start))) {
    out.add('USERNAME', start, end, looksLikeHandle ? 0.75 : 0.55, 'cue');
  }
}

/** `Failed login … for user jdoe`: a log says whom, a sentence about users does not. */
function isLogLine(text: LaneText, start: number): boolean {
  const before = text.slice(start - 120, start);
  return (
    /\bfor (?:invalid )?user $/i.test(before) &&
    /\b(?:log(?:in|on|ged)|auth\w*|session|ssh\w*|sudo|password)\b/i.test(before)
  );
}

/** `username: jdoe` rather than `user: hello`, which is how a transcript begins a line. */
function isExplicit(text: LaneText, start: number): boolean {
  return /(?:user[ _-]?name|login|user[ _-]?id|benutzername|utilisateur|identifiant|usuario|utente|usuário|gebruikersnaam|användarnamn|logon)["'\s:=]*$/i.test(
    text.slice(start - 32, start),
  );
}
