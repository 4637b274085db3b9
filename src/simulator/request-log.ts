import type { WireRequest } from './wire-request.js';

/** What the simulator tells of a request that it received. Members as `GET /_sim/requests` shows them. */
export interface ReceivedRequest {
  readonly request_id: string;
  /** ISO 8601 */
  readonly received_at: string;
  readonly operation: string | null;
  readonly model: string | null;
  readonly region: string | null;
  /** ARN of the caller; `null` when it was not let in or not asked. */
  readonly caller: string | null;
  readonly method: string;
  readonly path: string;
  readonly wire_version: '1.1' | '2';
  /** Secrets are replaced by `[redacted]`. */
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed JSON, the form's fields, or `null` when it could not be parsed. */
  readonly body: unknown;
  /** Kinds of the faults that applied. */
  readonly faults: readonly string[];
  /** Status of the answer; `null` until it is sent, and when nothing was sent. */
  readonly status: number | null;
  /** Error name of the answer, if it was one. */
  readonly error: string | null;
  readonly events_sent: number;
  /** The client left before the answer was complete. */
  readonly aborted: boolean;
  /** The exchange is over. */
  readonly done: boolean;
}

/** A request of which not everything is known yet. */
export type RequestDraft = { -readonly [K in keyof ReceivedRequest]: ReceivedRequest[K] };

const SECRET_HEADERS = new Set(['authorization', 'x-amz-security-token', 'cookie', 'x-api-key']);
const MAX_BODY_BYTES = 64_000_000;

/** The last requests, oldest first; bounded by number and by the size of their bodies. */
export class RequestLog {
  readonly #limit: number;
  readonly #maxBodyBytes: number;
  #entries: { readonly draft: RequestDraft; readonly bytes: number }[] = [];
  #bytes = 0;

  constructor(limit: number, maxBodyBytes = MAX_BODY_BYTES) {
    this.#limit = limit;
    this.#maxBodyBytes = maxBodyBytes;
  }

  /** The caller fills in the rest as it becomes known. */
  begin(requestId: string, receivedAt: number, request: WireRequest): RequestDraft {
    const draft: RequestDraft = {
      request_id: requestId,
      received_at: new Date(receivedAt).toISOString(),
      operation: null,
      model: null,
      region: null,
      caller: null,
      method: request.method,
      path: request.query ? `${request.path}?${request.query}` : request.path,
      wire_version: request.wireVersion,
      headers: visibleHeaders(request),
      body: null,
      faults: [],
      status: null,
      error: null,
      events_sent: 0,
      aborted: false,
      done: false,
    };
    this.#entries.push({ draft, bytes: request.body.length });
    this.#bytes += request.body.length;
    while (this.#entries.length > this.#limit || (this.#bytes > this.#maxBodyBytes && this.#entries.length > 1)) {
      this.#bytes -= this.#entries.shift()?.bytes ?? 0;
    }
    return draft;
  }

  list(): readonly ReceivedRequest[] {
    return this.#entries.map(({ draft }) => ({ ...draft }));
  }

  clear(): void {
    this.#entries = [];
    this.#bytes = 0;
  }
}

function visibleHeaders({ headers }: WireRequest): Readonly<Record<string, string>> {
  return Object.fromEntries(headers.map(([name, value]) => [name, SECRET_HEADERS.has(name) ? '[redacted]' : value]));
}
