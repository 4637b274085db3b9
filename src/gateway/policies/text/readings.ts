import { decodedPieces, type Coding } from './decoded-pieces.js';

/** One way to read a text: as it stands, or what its stretches in one coding say, each on a line of its own. */
export interface Reading {
  /** The codings that were undone, outermost first; empty for the text as it stands. */
  readonly codings: readonly Coding[];
  readonly text: string;
  /** Where units `from` to `to` of `text` come from in the source: for decoded text, the whole coded stretches. */
  locate(from: number, to: number): readonly [start: number, end: number];
}

/** A coding within a coding is read, one within that is not. */
const DEPTH = 2;

/** All readings of a text, the text itself first. Their total length is bounded by a small multiple of the text's. */
export function readings(source: string, { decode = true }: { readonly decode?: boolean } = {}): readonly Reading[] {
  const plain: Reading = { codings: [], text: source, locate: (from, to) => [from, to] };
  return decode ? [plain, ...decodedReadings(plain, DEPTH)] : [plain];
}

function decodedReadings(outer: Reading, depth: number): Reading[] {
  const byCoding = Map.groupBy(decodedPieces(outer.text), ({ coding }) => coding);
  return [...byCoding].flatMap(([coding, pieces]) => {
    const starts: number[] = [];
    let text = '';
    for (const piece of pieces) {
      starts.push(text.length);
      text += `${piece.text}\n`;
    }
    const reading: Reading = {
      codings: [...outer.codings, coding],
      text,
      locate(from, to) {
        const first = pieces[lastAtMost(starts, from)];
        const last = pieces[lastAtMost(starts, Math.max(from, to - 1))];
        return outer.locate(first?.start ?? 0, last?.end ?? outer.text.length);
      },
    };
    return depth > 1 ? [reading, ...decodedReadings(reading, depth - 1)] : [reading];
  });
}

/** Index of the last of the ascending `values` that is not above `limit`. */
function lastAtMost(values: readonly number[], limit: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((values[middle] as number) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
