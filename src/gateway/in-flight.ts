import { GatewayError } from './chat/gateway-error.js';
import type { Exchange } from './exchange.js';

export interface AdmissionLimits {
  readonly max_concurrency?: number;
  readonly max_inflight_bytes: number;
}

/** An exchange's place among those under way. */
export interface Place {
  /** @throws {GatewayError} `draining` or `overloaded`. */
  admit(limits: AdmissionLimits): void;
  /**
   * Counts bytes of the request's body until `leave`.
   * @throws {GatewayError} `overloaded` when all bodies together would exceed `max_inflight_bytes`.
   */
  reserve(bytes: number): void;
  /** Exactly once. */
  leave(): void;
}

/** The exchanges under way: how many, how large, and how to end them. */
export class InFlight {
  readonly #exchanges = new Set<Exchange>();
  #admitted = 0;
  #bytes = 0;
  #draining = false;
  #idle: (() => void)[] = [];

  get count(): number {
    return this.#exchanges.size;
  }

  get streams(): number {
    return [...this.#exchanges].filter(({ streamed }) => streamed).length;
  }

  get draining(): boolean {
    return this.#draining;
  }

  enter(exchange: Exchange): Place {
    this.#exchanges.add(exchange);
    let limits: AdmissionLimits | undefined;
    let bytes = 0;
    return {
      admit: (given) => {
        if (this.#draining) throw new GatewayError('draining', 'The gateway is stopping; try another.');
        if (this.#admitted >= (given.max_concurrency ?? Infinity)) throw overloaded('requests');
        limits = given;
        this.#admitted += 1;
      },
      reserve: (more) => {
        if (limits && this.#bytes + more > limits.max_inflight_bytes) throw overloaded('bytes of request bodies');
        bytes += more;
        this.#bytes += more;
      },
      leave: () => {
        this.#exchanges.delete(exchange);
        this.#bytes -= bytes;
        if (limits) this.#admitted -= 1;
        if (this.#exchanges.size === 0) for (const run of this.#idle.splice(0)) run();
      },
    };
  }

  /** Refuses every exchange that comes from now on. */
  drain(): void {
    this.#draining = true;
  }

  /** Resolves when nothing is under way. */
  whenIdle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#exchanges.size === 0) resolve();
      else this.#idle.push(resolve);
    });
  }

  /** Ends all that is under way with `reason`. */
  cutAll(reason: GatewayError): void {
    for (const exchange of this.#exchanges) exchange.cut(reason);
  }
}

function overloaded(what: string): GatewayError {
  return new GatewayError('overloaded', `The gateway is at its limit of ${what} at the same time; try again shortly.`);
}
