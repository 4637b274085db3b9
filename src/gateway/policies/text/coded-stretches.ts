/** What one look at a text's units says about codings within it. Offsets are into the text, ends exclusive. */
export interface CodedStretches {
  /** Runs of 16 or more units of the base64 alphabets: base64, base32, hex, bits, or a long name. Start and end alternate. */
  readonly runs: readonly number[];
  /** Rows of 6 or more short groups of digits, as dumps in hex, binary and decimal are. Start and end alternate. */
  readonly dumps: readonly number[];
  readonly percents: number;
  readonly ampersands: number;
  readonly backslashes: number;
  /** Dots and dashes that stand alone or among their like. */
  readonly dots: number;
  /** Holds turned letters, variation selectors, or characters of plane 14. */
  readonly exotic: boolean;
}

const SHORTEST_RUN = 16;
const FEWEST_GROUPS = 6;

const IN_ALPHABET = 1;
const HEX_DIGIT = 2;
const units = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-=') {
  units[char.charCodeAt(0)] = IN_ALPHABET;
}
for (const char of '0123456789abcdefABCDEF') units[char.charCodeAt(0)] = IN_ALPHABET | HEX_DIGIT;

/** Finds what may be coded text. Linear, and allocates nothing for ordinary prose. */
export function codedStretches(source: string): CodedStretches {
  const runs: number[] = [];
  const dumps: number[] = [];
  let [percents, ampersands, backslashes, dots] = [0, 0, 0, 0];
  let exotic = false;
  let runStart = 0;
  let hexDigits = 0;
  let groups = 0;
  let dumpStart = 0;
  let dumpEnd = 0;
  const length = source.length;
  for (let at = 0; at <= length; at++) {
    const unit = at < length ? source.charCodeAt(at) : 0;
    const kind = unit < 128 ? (units[unit] as number) : 0;
    if (kind !== 0) {
      hexDigits += kind >> 1;
      continue;
    }
    const run = at - runStart;
    if (run > 0) {
      if (run >= SHORTEST_RUN) {
        joinWrapped(source, runs, runStart, at);
      } else if (run >= 2 && run <= 8 && (hexDigits === run || source.startsWith('0x', runStart))) {
        if (groups === 0 || runStart - dumpEnd > 2) {
          if (groups >= FEWEST_GROUPS) dumps.push(dumpStart, dumpEnd);
          groups = 0;
          dumpStart = runStart;
        }
        groups++;
        dumpEnd = at;
      } else if (run < 7) {
        dots += strokes(source, runStart, at);
      }
      hexDigits = 0;
    }
    runStart = at + 1;
    if (unit >= 128) {
      if ((unit >= 0x1dd && unit <= 0x2b0) || (unit >= 0xfe00 && unit <= 0xfe0f) || unit === 0xdb40) exotic = true;
      else if (unit === 0xb7 || unit === 0x2212 || unit === 0x2013) dots++;
    } else if (unit === 0x2e) dots++;
    else if (unit === 0x25) percents++;
    else if (unit === 0x26) ampersands++;
    else if (unit === 0x5c) backslashes++;
  }
  if (groups >= FEWEST_GROUPS) dumps.push(dumpStart, dumpEnd);
  return { runs, dumps, percents, ampersands, backslashes, dots, exotic };
}

/** Adds a run, as the continuation of the last one where a line break alone lies between. */
function joinWrapped(source: string, runs: number[], start: number, end: number): void {
  const last = runs.at(-1);
  if (last !== undefined && start - last <= 2 && last - (runs.at(-2) as number) >= 40) {
    if (source.slice(last, start).trim() === '') {
      runs[runs.length - 1] = end;
      return;
    }
  }
  runs.push(start, end);
}

/** The run's length when it is made of `-` and `_` alone. */
function strokes(source: string, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    const unit = source.charCodeAt(i);
    if (unit !== 0x2d && unit !== 0x5f) return 0;
  }
  return end - start;
}
