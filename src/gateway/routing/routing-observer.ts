import type { FailedAttempt } from '../audit/audit-record.js';
import type { ErrorReason } from '../chat/gateway-error.js';
import type { Transition, TransitionReason } from './circuit-breaker.js';

/** How a probe ended; the closed list of a metric label. */
export type ProbeResult = 'up' | 'down' | 'timeout';

/** Told of what routing does; feeds metrics and log. */
export interface RoutingObserver {
  retried(target: string, reason: ErrorReason): void;
  fellBack(from: string, reason: FailedAttempt['error'], to: string): void;
  circuitChanged(target: string, transition: Transition): void;
  /** A request did not go to a target because of its open circuit. */
  circuitRejected(target: string, reason: TransitionReason): void;
  /** @param costUsd of a billed probe, where its price is known. */
  probed(target: string, result: ProbeResult, seconds: number, costUsd: number | undefined): void;
}
