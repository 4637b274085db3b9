/**
 * The lines of a text that arrives in pieces. Only `\n` ends a line: node:readline also splits at U+2028, which stands
 * unescaped in JSON.
 */
export async function* readLines(pieces: AsyncIterable<unknown>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    const lines = (rest + String(piece)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  if (rest !== '') yield rest;
}
