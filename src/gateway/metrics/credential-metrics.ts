import type { CredentialObserver } from '../providers/credentials/credential.js';
import type { GatewayMetrics } from './gateway-metrics.js';

/** Counts attempts by their result, and remembers until when credentials are good. */
export class CredentialMetrics implements CredentialObserver {
  readonly #metrics: GatewayMetrics;
  /** Milliseconds since the epoch by source. */
  readonly #expiries = new Map<string, number>();

  constructor(metrics: GatewayMetrics) {
    this.#metrics = metrics;
  }

  refreshed(...[source, result]: Parameters<CredentialObserver['refreshed']>): void {
    this.#metrics.credentialsRefresh.inc({ source, result });
  }

  expiry(...[source, at]: Parameters<CredentialObserver['expiry']>): void {
    if (at === undefined) this.#expiries.delete(source);
    else this.#expiries.set(source, at);
  }

  /** By source; one whose credentials have no end is absent. */
  secondsLeft(nowMs: number): ReadonlyMap<string, number> {
    return new Map(Array.from(this.#expiries, ([source, at]) => [source, (at - nowMs) / 1000]));
  }
}
