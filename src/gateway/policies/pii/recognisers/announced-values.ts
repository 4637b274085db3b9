import { isWord } from '../characters.js';
import type { Cue } from '../context/lexicon.js';
import type { EntityType } from '../entity-types.js';
import type { LaneText } from '../../stream/lane-text.js';
import type { Proposals } from './proposals.js';
import { type Scene } from './scene.js';
import { looksRandom } from './secrets.js';
import { runEnd } from './token.js';
import { isPlaceholder } from './url.js';
import { connect, isQuote, type Connection } from './connector.js';
import { CUE_WORD } from './cue-words.js';

const MAX_VALUE = 128;

interface Announced extends Connection {
  readonly end: number;
  readonly value: string;
}

/** The value that follows a cue ending at `cueEnd`. */
function announcedValue(text: LaneText, cueEnd: number): Announced | undefined {
  const connection = connect(text, cueEnd);
  if (!connection) return undefined;
  const { start, isQuoted } = connection;
  let end = runEnd(text, start, MAX_VALUE, isQuoted ? isQuotedUnit : isBareUnit);
  if (!isQuoted) while (end > start && '.,;:)]}'.includes(String.fromCharCode(text.at(end - 1)))) end -= 1;
  if (end === start) return undefined;
  return { ...connection, end, value: text.slice(start, end), isQuoted: isQuoted && isQuote(text.at(end)) };
}

function isBareUnit(unit: number): boolean {
  return unit > 32 && !isQuote(unit) && unit !== 60 && unit !== 62 && unit < 0x2e80;
}

function isQuotedUnit(unit: number): boolean {
  return unit >= 32 && (!isQuote(unit) || unit === 0x201c || unit === 0x2018);
}

/** Two or three groups of capitals and digits, both present, as plates have them. */
const PLATE = /^[A-ZÄÖÜ0-9]{1,4}(?:[ -]?[A-ZÄÖÜ0-9]{1,4}){0,3}(?![\p{L}\d])/u;

function readPlate(text: LaneText, cueEnd: number): Reading | undefined {
  const connection = connect(text, plateWordEnd(text, cueEnd));
  if (!connection) return undefined;
  const { start } = connection;
  let plate = PLATE.exec(text.slice(start, runEnd(text, start, 13, isPlateUnit)))?.[0] ?? '';
  // A group of capitals alone at the end is the next word: `AB12 CDE AND`.
  plate = plate.replace(/(?<=\d.*[A-Z].*) [A-Z]{4}$/, '');
  const size = plate.replace(/[ -]/g, '').length;
  if (size >= 4 && size <= 9 && /\d/.test(plate) && /[A-Z]/.test(plate)) {
    return { type: 'LICENSE_PLATE', start, end: start + plate.length, score: 0.7 };
  }
  return undefined;
}

/** Behind ` number`, ` no.` and the like. */
function plateWordEnd(text: LaneText, cueEnd: number): number {
  for (const word of [' number', ' no.', ' no', ' nr.', ' nr', ' of']) {
    const end = cueEnd + word.length;
    if (text.startsWith(word, cueEnd) && !isWord(text.at(end))) return end;
  }
  return cueEnd;
}

function isPlateUnit(unit: number): boolean {
  return unit === 32 || unit === 45 || isWord(unit);
}

/**
 * What a cue word that ends at `cueEnd` announces. Most mentions of a password or a user announce nothing, so the value is
 * looked at first, and which cue it was only when something could come of it. `kind` are bits of `CUE_WORD`.
 */
export function recogniseAnnouncedValue(
  kind: number,
  cueEnd: number,
  whichCues: () => ReadonlySet<Cue>,
  scene: Scene,
  out: Proposals,
): void {
  const { text } = scene;
  const readings: (readonly [Cue, Reading])[] = [];
  const consider = (cue: Cue, reading: Reading | undefined): void => {
    if (reading) readings.push([cue, reading]);
  };
  if (kind & CUE_WORD.plate) consider('plate', readPlate(text, cueEnd));
  const found = kind & ~CUE_WORD.plate ? announcedValue(text, cueEnd) : undefined;
  if (found) {
    if (kind & CUE_WORD.secret) consider('aws_secret', readAwsSecret(found));
    if (kind & CUE_WORD.password) consider('password', readPassword(found, text));
    if (kind & CUE_WORD.secret) consider('secret', readSecret(found));
    if (kind & CUE_WORD.username) consider('username', readUsername(found, text));
  }
  if (readings.length === 0) return;
  const cues = whichCues();
  for (const [cue, { type, start, end, score }] of readings) if (cues.has(cue)) out.add(type, start, end, score, 'cue');
}

interface Reading {
  readonly type: EntityType;
  readonly start: number;
  readonly end: number;
  readonly score: number;
}

function readAwsSecret({ start, end, value }: Announced): Reading | undefined {
  return /^[A-Za-z0-9+/]{40}$/.test(value) ? { type: 'AWS_SECRET_KEY', start, end, score: 0.95 } : undefined;
}

function readPassword(found: Announced, text: LaneText): Reading | undefined {
  const value = found.tie === 'assigned' && !found.isQuoted ? found.value.replace(/&\w+=.*$/s, '') : found.value;
  const end = found.start + value.length;
  if (value.length < 4 || value.length > 64 || isPlaceholder(value)) return undefined;
  if (found.tie === 'beside' && !isUnmistakable(value)) return undefined;
  if (/\s/.test(value) && !/\d/.test(value)) return undefined;
  const isCode =
    !found.isQuoted && (text.at(end) === 40 || /[(){}[\]]|^[a-z]+\.[a-z]/i.test(value) || value.startsWith('$'));
  if (isCode && !/[A-Z].*\d|\d.*[A-Z]|[!#%^&*]/.test(value)) return undefined;
  const hasDigit = /\d/.test(value);
  const isMixed = /[a-z][A-Z]|[A-Z].*[a-z].*[A-Z]/.test(value);
  const hasSymbol = /[^\p{L}\d\s.,:;'’-]/u.test(value);
  const isSecretLike = (hasDigit && /\p{L}|[^\d.,:-]/u.test(value)) || hasSymbol || isMixed;
  if (
    isSecretLike ||
    (found.isQuoted && found.tie === 'assigned') ||
    (hasDigit && found.tie === 'assigned' && value.length >= 5)
  ) {
    return { type: 'PASSWORD', start: found.start, end, score: isSecretLike ? 0.85 : 0.6 };
  }
  return undefined;
}

/** `password sPpp$rGqm`: no word of a sentence looks like this. */
function isUnmistakable(value: string): boolean {
  return (
    value.length >= 6 &&
    /\p{L}/u.test(value) &&
    (/[!#$%^&*?+=~]./.test(value) || /[a-z].*[A-Z].*\d|[A-Z].*[a-z].*\d/.test(value))
  );
}

function readSecret({ start, value, tie }: Announced): Reading | undefined {
  const token = /^[A-Za-z0-9_./+=~-]+/.exec(value)?.[0].replace(/[.=-]+$/, '') ?? '';
  const padded = value.startsWith(`${token}==`) ? `${token}==` : value.startsWith(`${token}=`) ? `${token}=` : token;
  if (
    token.length < 16 ||
    isPlaceholder(token) ||
    !looksRandom(token) ||
    (/[./]{2}|^\w+\.\w+\.\w+$/.test(token) && !/\d/.test(token))
  )
    return undefined;
  if (tie === 'beside' && token.length < 20) return undefined;
  if (/^\d+(?:[.-]\d+)*$/.test(token)) return undefined;
  return { type: 'API_KEY', start, end: start + padded.length, score: 0.7 };
}

function readUsername({ start, value, tie, isQuoted }: Announced, text: LaneText): Reading | undefined {
  const name = /^[\p{L}\d][\p{L}\d._-]{1,38}[\p{L}\d]/u.exec(value)?.[0];
  if (
    name === undefined ||
    (isQuoted && name !== value) ||
    value.includes('@') ||
    isPlaceholder(name) ||
    /^\d+$/.test(name)
  )
    return undefined;
  const end = start + name.length;
  const after = text.at(end);
  if (after === 64 || after === 40 || after === 61 || after === 47 || isWord(after)) return undefined;
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name)) return undefined;
  const looksLikeHandle =
    (/[\d_]|\w\.\w/.test(name) && /\p{L}/u.test(name)) || (tie === 'beside' && isLogLine(text, start));
  const isAssigned = tie === 'assigned' && (isQuoted || isExplicit(text, start));
  if (
    looksLikeHandle ||
    isAssigned ||
    (tie !== 'said' && !/^(?:and|or|und|oder|y|o|et|ou|e|och)$/i.test(name) && isBeforePassword(text, end))
  ) {
    return { type: 'USERNAME', start, end, score: looksLikeHandle ? 0.75 : 0.55 };
  }
  return undefined;
}

/** `Failed login … for user jdoe`: a log says whom, a sentence about users does not. */
function isLogLine(text: LaneText, start: number): boolean {
  const before = text.slice(start - 120, start);
  return (
    /\bfor (?:invalid )?user $/i.test(before) &&
    /\b(?:log(?:in|on|ged)|auth\w*|session|ssh\w*|sudo|password)\b/i.test(before)
  );
}

/** `user jdoe, pw: …`: credentials come in pairs. */
function isBeforePassword(text: LaneText, end: number): boolean {
  return /^["'\s,;&]{1,4}(?:[\w-]{0,12}[_-])?(?:pw|pwd|pass|psw|passwd|password)\b/i.test(text.slice(end, end + 28));
}

/** `username: jdoe`, `DB_USER=jdoe` rather than `user: hello`, which is how a transcript begins a line. */
function isExplicit(text: LaneText, start: number): boolean {
  return /(?:_user["'\s:=]*=["']?|(?:user[ _-]?name|login|user[ _-]?id|benutzername|utilisateur|identifiant|usuario|utente|usuário|gebruikersnaam|användarnamn|logon)["'\s:=]*)$/i.test(
    text.slice(start - 32, start),
  );
}
