import { CHAR, classOf, isDigit, isWord, LETTER } from '../characters.js';
import type { LaneText } from '../../stream/lane-text.js';
import type { Proposals } from './proposals.js';
import type { Scene } from './scene.js';
import { runEnd } from './token.js';

/** How far an address may reach; what a stream holds back for one. */
const MAX_ADDRESS = 110;

/** USPS street suffixes, https://pe.usps.com/text/pub28/28apc_002.htm, which the rest of the English-speaking world shares. */
const SUFFIX =
  'Alley|Ally|Aly|Anex|Annex|Arcade|Ave|Avenue|Bayou|Beach|Bend|Bluffs?|Blvd|Bottom|Boulevard|Branch|Bridge|Brooks?|Burgs?|Bypass|Camp|Canyon|Cape|Causeway|Centers?|Centre|Circles?|Cir|Cliffs?|Close|Club|Common|Corners?|Courts?|Ct|Coves?|Creek|Crescent|Crest|Crossing|Crossroad|Curve|Dale|Dam|Divide|Dr|Drives?|Estates?|Expressway|Extensions?|Falls?|Ferry|Fields?|Flats?|Fords?|Forest|Forges?|Forks?|Fort|Freeway|Gardens?|Gateway|Glens?|Greens?|Groves?|Harbors?|Haven|Heights|Highway|Hwy|Hills?|Hollow|Inlet|Islands?|Isle|Junctions?|Keys?|Knolls?|Lakes?|Land|Landing|Lane|Ln|Lights?|Loaf|Locks?|Lodge|Loop|Mall|Manors?|Meadows?|Mews|Mills?|Mission|Motorway|Mount|Mountains?|Neck|Orchard|Oval|Overpass|Parade|Parks?|Parkways?|Pkwy|Pass|Passage|Path|Pike|Pines?|Place|Pl|Plains?|Plaza|Points?|Ports?|Prairie|Quay|Radial|Ramp|Ranch|Rapids?|Rest|Ridges?|River|Rd|Roads?|Route|Row|Rue|Run|Shoals?|Shores?|Skyway|Springs?|Spurs?|Squares?|Sq|Station|Stravenue|Stream|Streets?|St|Summit|Terrace|Throughway|Trace|Track|Trafficway|Trails?|Tunnel|Turnpike|Underpass|Unions?|Valleys?|Via|Viaduct|Views?|Villages?|Ville|Vista|Walks?|Wall|Ways?|Wells?';
const UNIT = '(?:,? (?:Apt|Apartment|Suite|Ste|Unit|Flat|Floor|Room|#)\\.? ?#?[A-Za-z0-9-]{1,6})?';
const TOWN = "(?:,? (?:[A-Z][\\p{L}.'-]{1,24} ?){1,3})?";
const US_CODE = '(?:,? [A-Z]{2},? \\d{5}(?:-\\d{4})?)';
const UK_CODE = '(?:,? [A-Z]{1,2}\\d[A-Z\\d]? ?\\d[A-Z]{2})';

/** `947 Sara Orchard Apt. 446, Johnsonburgh, NE 16952`; `Flat 94j, Read Square, Lake Donaldmouth, ZE41 6ER`. */
const ENGLISH = new RegExp(
  `^(?:(?:Flat|Studio|Unit|Apt\\.?|Suite) \\d{1,4}[A-Za-z]?, )?(?:\\d{1,6}[A-Za-z]?,? )?(?:[NSEW]\\.? )?(?:[A-Z][\\p{L}'-]{1,20} |\\d{1,3}(?:st|nd|rd|th) ){1,3}(?:${SUFFIX})\\b\\.?${UNIT}` +
    `(?:${TOWN}(?:${US_CODE}|${UK_CODE}))?`,
  'u',
);
/** `Hövelstraße 1, 91604 Guben`; `Annelore-Kramer-Platz 225`. */
const GERMAN =
  /^[\p{Lu}][\p{L}-]{1,30}(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|ufer|damm|hof|gang|steig|chaussee|-Straße|-Strasse|-Weg|-Platz|-Allee|-Gasse|-Ring) \d{1,4}(?:[a-z]|[/-]\d{1,4})?(?:, (?:D-)?\d{4,5} \p{Lu}[\p{L}-]{1,30}(?: \p{Lu}[\p{L}-]{1,20})?)?/u;
/** `12 rue de la Paix, 75002 Paris`. */
const FRENCH =
  /^\d{1,4}(?: ?bis| ?ter)?,? (?:rue|avenue|boulevard|place|chemin|impasse|allée|quai|cours|route|square)(?: [\p{L}'’-]{1,20}){1,5}(?:,? \d{5} \p{Lu}[\p{L}-]{1,30})?/u;
/** `Calle Mayor 12, 28013 Madrid`, `Via Roma 5, 20100 Milano`, `Rua Augusta, 100`. */
const SOUTHERN =
  /^(?:Calle|Avenida|Avda\.?|Plaza|Paseo|Carrer|Via|Viale|Piazza|Corso|Rua|Travessa|Praça)(?: [\p{L}'’.-]{1,20}){1,5},? (?:n\.?º? ?)?\d{1,4}(?:[,-] ?\d{1,4}[ºª]?)?(?:, \d{4,5}(?:-\d{3})? \p{Lu}[\p{L}-]{1,30})?/u;
/** `Kerkstraat 12, 1017 GC Amsterdam`. */
const DUTCH =
  /^\p{Lu}[\p{L}-]{1,30}(?:straat|laan|weg|plein|gracht|kade|dijk|singel) \d{1,4}[a-z]?(?:, \d{4} ?[A-Z]{2} \p{Lu}[\p{L}-]{1,30})?/u;

/**
 * A street address that begins at `start` with a house number or a capitalised word. `St` and `Way` follow many words, so an
 * English one without a house number needs its unit or its post code.
 */
export function recogniseStreetAddress(start: number, scene: Scene, out: Proposals): void {
  const { text } = scene;
  if (isWord(text.at(start - 1))) return;
  const ahead = text.slice(start, lineEnd(text, start));
  for (const pattern of isDigit(text.at(start)) ? [ENGLISH, FRENCH] : [GERMAN, ENGLISH, SOUTHERN, DUTCH]) {
    const match = pattern.exec(ahead)?.[0];
    if (match === undefined || (pattern === ENGLISH && !/\d/.test(match))) continue;
    if (pattern === ENGLISH && !/^\d|^(?:Flat|Studio|Unit|Apt|Suite)/.test(match)) continue;
    out.add('STREET_ADDRESS', start, start + match.replace(/[\s.]+$/, '').length, 0.7, 'format');
    return;
  }
}

/** Words that an address begins with, where no house number stands before them. */
const FIRST_WORD =
  /(?:straße|strasse|str|weg|platz|allee|gasse|ring|ufer|damm|hof|gang|steig|chaussee|straat|laan|plein|gracht|kade|dijk|singel)$|^(?:flat|studio|unit|apt|suite|calle|avenida|avda|plaza|paseo|carrer|via|viale|piazza|corso|rua|travessa|praça)$/i;

/** A cheap look, so that a stream does not wait behind every number and name: digits and a word, or a word that says street. */
export function mayBeginAddress(text: LaneText, start: number): boolean {
  const digits = runEnd(text, start, 6, isDigit);
  if (digits > start) {
    const gap = text.at(digits) === 44 ? digits + 1 : digits;
    return text.at(gap) === 32 && (classOf(text.at(gap + 1)) & LETTER) !== 0;
  }
  if (!(classOf(text.at(start)) & (CHAR.upper | CHAR.otherWord))) return false;
  const end = runEnd(text, start, 48, (unit) => (classOf(unit) & LETTER) !== 0 || unit === 45);
  return FIRST_WORD.test(text.slice(start, end));
}

function lineEnd(text: LaneText, start: number): number {
  let at = start;
  while (at < start + MAX_ADDRESS && text.at(at) !== 10 && text.at(at) !== -1) at += 1;
  return at;
}
