import { CHAR, classOf, isWord, LETTER } from '../characters.js';
import type { LaneText } from '../../stream/lane-text.js';
import { GIVEN_NAMES } from './given-names.js';
import { isMonthWord } from './dates.js';
import type { Proposals } from './proposals.js';
import type { Scene } from './scene.js';

/** Words of a name: a title, up to three names, a surname with its particle. */
const MAX_WORDS = 5;
const MAX_WORD = 24;

const TITLES = new Set(
  'mr mrs ms miss mx dr prof professor sir madam herr frau hr monsieur madame mme mlle m señor señora sr sra don doña signor signora sig rev mister doktor pan pani'.split(
    ' ',
  ),
);
const PARTICLES = new Set('van von de der den del della di da dos du la le el al bin ibn ben af av zu'.split(' '));

/** Capitalised words that begin sentences, name times, places and things of the trade, but not people. */
const NO_NAMES = new Set(
  (
    'the this that these those there then they you your we our he she his her its it i a an and or but for from with without of in on at to by as is are was were be been have has had do does did ' +
    'can could will would shall should may might must not no yes if when while where what who why how which all any some each every more most please thanks thank hello hi hey dear regards best ' +
    'sincerely cheers kind summary note new old north south east west street road avenue lane city state country university college school company inc ltd llc corp gmbh group bank hospital ' +
    'customer client patient user agent support team account order invoice ticket number name email phone address date time password card error warning info debug api http https json sql ' +
    'monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday english german french spanish italian american british european chinese japanese indian ' +
    'united states kingdom america europe london paris berlin google microsoft amazon apple python java javascript linux windows der die das ein eine und ich mein bitte je mon le la les un une el los mi'
  ).split(' '),
);

/** What is said directly before a name. */
const CUE = new RegExp(
  "(?:my (?:full )?name is|name is|(?:i am|i'm|it's|it is|this is|call me|ask for|speak (?:to|with)|signed(?: by)?|sincerely|regards|cheers|thanks|yours|dear|hi|hello|hey|customer|client|patient|employee|" +
    'mr|mrs|belongs? to|insured by|contact|attn|cc|from|author|owner|by|for|with|mein name ist|ich bin|hei(?:ß|ss)e|gru(?:ß|ss)|liebe|lieber|sehr geehrter?|je m.appelle|je suis|cher|chère|bonjour|me llamo|' +
    'mi nombre es|soy|nombre|hola|mi chiamo|sono|ciao|nome|meu nome é|olá|mijn naam is|ik ben|naam|nazywam się|jag heter|namn|nimeni on|imię)[,:]?\\s+|' +
    '(?:full_?|first_?|last_?|sur_?|given_?|display_?|user_?|customer_?|contact_?|patient_?)?(?:name|first|last|prénom|nom|vorname|nachname|nombre|nome|naam|imię|namn)["\']?\\s?[:=]\\s?["\']?)$',
  'i',
);
/** Cues after which even a single unknown name is one. */
const STRONG_CUE =
  /(?:name is|name ist|m.appelle|me llamo|mi chiamo|nombre es|nome é|naam is|jag heter|dear|call me|name["']?\s?[:=]\s?["']?|first["']?\s?[:=]\s?["']?|vorname["']?\s?[:=]\s?["']?)\s*$/i;

/** A name at the capitalised word that begins at `start`. Cues, titles and given names are all there is to go by. */
export function recognisePerson(start: number, scene: Scene, out: Proposals): void {
  const { text } = scene;
  if (isWord(text.at(start - 1)) || text.at(start - 1) === 64 || text.at(start - 1) === 47) return;
  const words = nameWords(text, start);
  const names = words.filter(({ word }) => !TITLES.has(word));
  const first = names[0];
  const last = names.at(-1);
  if (!first || !last) return;
  const hasTitle = words.length > names.length;
  const before = text.slice(start - 48, start);
  const isGiven = GIVEN_NAMES.has(first.word);
  const isCued = CUE.test(before);
  const add = (score: number): void => out.add('PERSON', start, last.end, score, isCued ? 'cue' : 'format');
  if (hasTitle) add(0.8);
  else if (isGiven && names.length > 1) add(0.75);
  else if (isCued && (names.length > 1 || STRONG_CUE.test(before))) add(0.7);
  else if (isGiven && (isCued || !isSentenceStart(before))) add(0.55);
}

interface NameWord {
  /** In lower case, without the full stop of a title or an initial. */
  readonly word: string;
  readonly end: number;
}

function nameWords(text: LaneText, start: number): NameWord[] {
  const words: NameWord[] = [];
  let at = start;
  while (words.length < MAX_WORDS) {
    const end = wordEnd(text, at);
    const written = text.slice(at, end);
    const word = written.toLowerCase();
    const isParticle = words.length > 0 && PARTICLES.has(written);
    if (end === at || (!isParticle && !isCapitalised(text, at, written))) break;
    // Behind a given name `West` and `Lane` are surnames.
    const isSurname = GIVEN_NAMES.has(words[0]?.word ?? '');
    if (!isParticle && !isSurname && (NO_NAMES.has(word) || (isMonthWord(word) && !GIVEN_NAMES.has(word)))) break;
    const hasStop = text.at(end) === 46 && (written.length === 1 || TITLES.has(word));
    words.push({ word, end });
    at = end + (hasStop ? 1 : 0);
    if (text.at(at) !== 32 || !startsName(text, at + 1)) break;
    at += 1;
  }
  while (words.length > 0 && PARTICLES.has(words.at(-1)?.word ?? '')) words.pop();
  return words;
}

/** Letters, with `-` and `'` between them: `Jean-Luc`, `O'Brien`. */
function wordEnd(text: LaneText, start: number): number {
  let at = start;
  while (at < start + MAX_WORD) {
    const unit = text.at(at);
    const isJoint = (unit === 45 || unit === 39 || unit === 0x2019) && classOf(text.at(at + 1)) & CHAR.upper;
    if (!(classOf(unit) & LETTER) && !isJoint) break;
    at += 1;
  }
  return at;
}

function startsName(text: LaneText, at: number): boolean {
  return (classOf(text.at(at)) & LETTER) !== 0;
}

function isCapitalised(text: LaneText, at: number, written: string): boolean {
  const first = String.fromCharCode(text.at(at));
  if (first === first.toLowerCase()) return false;
  return written.length === 1 || written !== written.toUpperCase();
}

function isSentenceStart(before: string): boolean {
  return before === '' || /[.!?:;\n"'([]\s*$/.test(before);
}
