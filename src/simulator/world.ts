import type { Clock } from '../core/clock.js';
import type { AccessKeys } from './access-keys.js';
import type { AnswerBook } from './answer-book.js';
import type { PromptCache } from './bedrock/prompt-cache.js';
import type { Pace } from './delivery.js';
import type { FaultBook } from './faults/fault-book.js';
import type { InFlight } from './in-flight.js';
import type { Ledger } from './ledger.js';
import type { RequestLog } from './request-log.js';

/** Everything that one simulator knows and remembers. */
export interface World {
  readonly clock: Clock;
  readonly seed: number;
  readonly pace: Pace;
  readonly keys: AccessKeys;
  readonly faults: FaultBook;
  readonly answers: AnswerBook;
  readonly promptCache: PromptCache;
  readonly log: RequestLog;
  readonly ledger: Ledger;
  readonly inFlight: InFlight;
  nextRequestId(): string;
  /** Told about what should not happen: a defect of the simulator itself. */
  onBug(error: unknown): void;
}
