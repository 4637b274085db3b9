/** What `kt doctor` looks at. */
export type CheckName =
  'config' | 'environment' | 'region' | 'credentials' | 'token_file' | 'identity' | 'endpoint' | 'clock' | 'model';

/** One thing that was looked at, and how it is. */
export interface Check {
  readonly check: CheckName;
  /** `warn`: it works, but look at it; `fail`: requests will fail. */
  readonly status: 'ok' | 'warn' | 'fail';
  /** What was found, as one sentence without secrets. */
  readonly reason: string;
  /** What to do about it; absent where there is nothing to do. */
  readonly fix?: string;
}

export function passed(check: CheckName, reason: string): Check {
  return { check, status: 'ok', reason };
}

export function warned(check: CheckName, reason: string, fix: string): Check {
  return { check, status: 'warn', reason, fix };
}

export function failed(check: CheckName, reason: string, fix: string): Check {
  return { check, status: 'fail', reason, fix };
}
