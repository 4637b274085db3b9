/** So long that only what will never happen takes longer; shorter than mocha's patience, so that the test says where. */
const PATIENCE_MS = 15_000;

/** Waits, without sleeping, until `check` holds; for what another socket or process does in its own time. */
export async function until(check: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await check())) {
    if (performance.now() > end) throw new Error(`still waiting for: ${check.toString()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
