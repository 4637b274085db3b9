import { createReadStream } from 'node:fs';

/** A record is far smaller; without a bound, a file without line feeds would be read into memory whole. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

export interface LogLine {
  readonly text: string;
  /** False for what stands behind the last line feed. */
  readonly isWhole: boolean;
  /** Offset of the byte behind the line and its line feed. */
  readonly end: number;
}

/** The lines of one segment from byte `start` on. @throws Error for a line of more than 16 MiB. */
export async function* linesOf(path: string, start = 0): AsyncGenerator<LogLine> {
  let rest: Buffer = Buffer.alloc(0);
  let offset = start;
  for await (const chunk of createReadStream(path, { start, highWaterMark: 1024 * 1024 })) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer);
    let begin = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, begin)) {
      offset += end + 1 - begin;
      yield { text: bytes.toString('utf8', begin, end), isWhole: true, end: offset };
      begin = end + 1;
    }
    rest = bytes.subarray(begin);
    if (rest.length > MAX_LINE_BYTES) throw new Error(`${path}: a line of more than ${MAX_LINE_BYTES} bytes`);
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), isWhole: false, end: offset + rest.length };
}
