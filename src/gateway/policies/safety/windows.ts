// Cuts a text into the windows that are judged: sentences of 80 to 200 units, several where they are short. Where a window ends depends on what stands in it
// and on the one unit behind it, never on how the text arrived.

/** A window is no longer than this, which is also what a stream holds back. */
export const LONGEST_WINDOW = 200;
/** A window that is cut for its length ends at a gap, if there is one within so many units of its end. */
const GAP_REACH = 60;
/** Shorter sentences are judged together with the next: alone they say little, and each window costs. */
const SHORTEST_WINDOW = 80;

/**
 * End of the window that begins at `from`, exclusive; -1 while more text could still move it.
 * @param ended that nothing will follow `text`.
 */
export function windowEnd(text: string, from: number, ended: boolean): number {
  const stop = Math.min(text.length, from + LONGEST_WINDOW);
  for (let at = from + SHORTEST_WINDOW - 1; at < stop; at++) {
    const kind = endOf(text.charCodeAt(at));
    if (kind === ALWAYS) return at + 1;
    if (kind === BEFORE_SPACE) {
      if (at + 1 === text.length) return ended ? text.length : -1;
      if (isSpace(text.charCodeAt(at + 1))) return at + 1;
    }
  }
  if (stop - from < LONGEST_WINDOW) return ended && text.length > from ? text.length : -1;
  for (let at = stop; at > stop - GAP_REACH; at--) if (isSpace(text.charCodeAt(at - 1))) return at;
  return isHighSurrogate(text.charCodeAt(stop - 1)) ? stop - 1 : stop;
}

const NEVER = 0;
const ALWAYS = 1;
const BEFORE_SPACE = 2;

function endOf(unit: number): typeof NEVER | typeof ALWAYS | typeof BEFORE_SPACE {
  switch (unit) {
    case 0x0a: // newline
    case 0x3002: // 。
    case 0xff01: // ！
    case 0xff1f: // ？
    case 0x0964: // danda
    case 0x06d4: // Urdu full stop
    case 0x061f: // ؟
      return ALWAYS;
    case 0x21:
    case 0x2e:
    case 0x3f:
      return BEFORE_SPACE;
    default:
      return NEVER;
  }
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || unit === 0xa0 || unit === 0x3000;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
