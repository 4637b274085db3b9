/** How long texts took. */
export interface Latency {
  /** Microseconds that one text took; the slowest share is above. The first texts pay for the engine's compiling. */
  readonly p50_us: number;
  readonly p95_us: number;
  readonly p99_us: number;
  readonly max_us: number;
  /** Over all texts; a KB is 1,024 UTF-16 units. */
  readonly us_per_kb: number;
  readonly kb: number;
}

/** @param microseconds what each text took. @param units length of all texts together. */
export function latencyOf(microseconds: readonly number[], units: number): Latency {
  const sorted = microseconds.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  const total = microseconds.reduce((sum, each) => sum + each, 0);
  const kb = units / 1024;
  return {
    p50_us: at(0.5),
    p95_us: at(0.95),
    p99_us: at(0.99),
    max_us: at(1),
    us_per_kb: kb === 0 ? 0 : total / kb,
    kb,
  };
}
