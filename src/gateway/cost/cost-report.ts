/** What the calls of one group came to. */
export interface CostRow {
  readonly name: string;
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
  /** Calls with tokens whose price was unknown: they are missing from `usd`. */
  readonly unpriced: number;
}

export const GROUPINGS = ['model', 'target', 'user', 'team', 'day'] as const;
export type Grouping = (typeof GROUPINGS)[number];

type Entry = Readonly<Record<string, unknown>>;

const NAMES: Readonly<Record<Grouping, (entry: Entry) => unknown>> = {
  model: (entry) => entry['upstream_model'] ?? entry['model'],
  target: (entry) => entry['target'],
  user: (entry) => membersOf(entry['caller'])['user'],
  team: (entry) => membersOf(entry['caller'])['team'],
  day: (entry) => String(entry['time']).slice(0, 10),
};

/** Adds up audit records, by what they say of themselves. */
export class CostReport {
  readonly #nameOf: (entry: Entry) => unknown;
  readonly #rows = new Map<string, { -readonly [K in keyof CostRow]: CostRow[K] }>();

  constructor(grouping: Grouping) {
    this.#nameOf = NAMES[grouping];
  }

  /** @param entry any record of an audit log; those that used no tokens are passed over. */
  add(entry: Entry): void {
    if (entry['kind'] !== 'exchange' && entry['kind'] !== 'close') return;
    const usage = membersOf(entry['usage']);
    if (Object.keys(usage).length === 0) return;
    const cost = entry['cost_usd'];
    const named = this.#nameOf(entry);
    const name = typeof named === 'string' ? named : '(none)';
    const row = this.#rows.get(name) ?? { name, calls: 0, inputTokens: 0, outputTokens: 0, usd: 0, unpriced: 0 };
    this.#rows.set(name, row);
    row.calls += 1;
    row.inputTokens +=
      count(usage['input_tokens']) + count(usage['cache_read_tokens']) + count(usage['cache_write_tokens']);
    row.outputTokens += count(usage['output_tokens']);
    row.usd += count(cost);
    if (typeof cost !== 'number') row.unpriced += 1;
  }

  /** Days in order; everything else by what it cost, most first. */
  rows(): readonly CostRow[] {
    const rows = [...this.#rows.values()];
    return this.#nameOf === NAMES.day
      ? rows.toSorted((a, b) => (a.name < b.name ? -1 : 1))
      : rows.toSorted((a, b) => b.usd - a.usd || b.calls - a.calls);
  }
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
