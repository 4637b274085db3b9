import { cellsOf, type Cell } from './terminal-text.js';

/** A stretch of the text, in UTF-16 units, `end` exclusive, and what to write behind its mark. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly note: string;
}

interface Row {
  /** 1 for the first line of the text. */
  readonly line: number;
  /** It goes on with a line that did not fit. */
  readonly isRest: boolean;
  readonly cells: readonly Cell[];
}

/**
 * The rows of a text that bear marks, each mark under what it marks; neighbouring rows are shown for context, and the others
 * left out. A text without marks gives its first rows.
 * @param width columns that a row of the text may take; a longer line goes on in the next row.
 */
export function underlined(text: string, marks: readonly Mark[], width: number): readonly string[] {
  const rows = rowsOf(text, width);
  const marked = rows.map((row) => marks.filter((mark) => touches(row, mark)));
  const isShown = rows.map((_, index) =>
    marks.length === 0
      ? index < UNMARKED_ROWS
      : [index - 1, index, index + 1].some((near) => (marked[near]?.length ?? 0) > 0),
  );
  const gutter = String(rows.at(-1)?.line ?? 1).length;
  return rows.flatMap((row, index) => {
    if (!isShown[index]) return index === 0 || isShown[index - 1] ? [`${' '.repeat(gutter)} …`] : [];
    const head = row.isRest ? ' '.repeat(gutter) : String(row.line).padStart(gutter);
    return [
      `${head} | ${row.cells.map(({ shown }) => shown).join('')}`,
      ...(marked[index] ?? []).map((mark) => `${' '.repeat(gutter)} | ${markOf(row, mark)}`),
    ];
  });
}

const UNMARKED_ROWS = 200;

function rowsOf(text: string, width: number): readonly Row[] {
  const rows: Row[] = [];
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    let cells: Cell[] = [];
    let columns = 0;
    let isRest = false;
    for (const cell of cellsOf(line)) {
      if (columns + cell.columns > width && cells.length > 0) {
        rows.push({ line: index + 1, isRest, cells });
        [cells, columns, isRest] = [[], 0, true];
      }
      cells.push({ ...cell, start: cell.start + start, end: cell.end + start });
      columns += cell.columns;
    }
    rows.push({ line: index + 1, isRest, cells });
    start += line.length + 1;
  }
  return rows;
}

function touches({ cells }: Row, { start, end }: Mark): boolean {
  const [first, last] = [cells[0], cells.at(-1)];
  return first !== undefined && last !== undefined && start < last.end && end > first.start;
}

/** The note stands where the mark ends. */
function markOf({ cells }: Row, { start, end, note }: Mark): string {
  const columnsOf = (part: readonly Cell[]): number => part.reduce((sum, { columns }) => sum + columns, 0);
  const before = columnsOf(cells.filter((cell) => cell.end <= start));
  const under = columnsOf(cells.filter((cell) => cell.start < end && cell.end > start));
  const goesOn = end > (cells.at(-1)?.end ?? 0);
  return `${' '.repeat(before)}${'^'.repeat(Math.max(1, under))}${goesOn ? '' : ` ${note}`}`;
}
