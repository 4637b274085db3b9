import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectDefaultMetrics, type Registry } from 'prom-client';

/** CPU, memory, garbage collection and file descriptors of this process, under prom-client's usual names. Once a process. */
export function collectProcessMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry });
}

export interface LoopLag {
  /** 99th percentile of the delays since it was asked last. */
  seconds(): number;
  stop(): void;
}

/** Watches how late the event loop is: the time that work of one request adds to all others. */
export function watchLoopLag(): LoopLag {
  const histogram = monitorEventLoopDelay({ resolution: 10 });
  histogram.enable();
  return {
    seconds() {
      const lag = histogram.percentile(99) / 1e9;
      histogram.reset();
      return lag;
    },
    stop: () => void histogram.disable(),
  };
}
