// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_DocumentBlock.html: letters, digits, single white space,
// hyphens, parentheses and square brackets. A name reaches the model, which is why a neutral one stands in for none.
const NEUTRAL_NAME = 'document';
const MAX_LENGTH = 200;

/** Gives each document of one request a name that Bedrock takes and that no other document of the request has. */
export class DocumentNames {
  readonly #given = new Set<string>();
  /** The last number tried behind a name, so that many documents of one name cost no search. */
  readonly #numbers = new Map<string, number>();

  next(filename: string | undefined): string {
    const name = cleaned(filename ?? '');
    let candidate = name;
    for (let n = this.#numbers.get(name) ?? 1; this.#given.has(candidate);) {
      n += 1;
      this.#numbers.set(name, n);
      candidate = numbered(name, n);
    }
    this.#given.add(candidate);
    return candidate;
  }
}

function numbered(name: string, n: number): string {
  const number = ` ${n}`;
  return name.slice(0, MAX_LENGTH - number.length).trimEnd() + number;
}

function cleaned(filename: string): string {
  const name = filename
    .replace(/\.[^.]*$/, '')
    .replace(/\s+/g, ' ')
    .replace(/[^a-zA-Z0-9 ()[\]-]/g, '-')
    .slice(0, MAX_LENGTH)
    .trim();
  return /[a-zA-Z0-9]/.test(name) ? name : NEUTRAL_NAME;
}
