import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { CIRCUIT_STATES, type CircuitState } from '../routing/circuit-breaker.js';

// Every metric of the gateway, in one list. Label values come from the configuration or from fixed lists, never from a
// caller: an unknown model is `other`. docs/metrics.md says what each is good for.

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80];

/** 50 µs to 50 ms. */
const OVERHEAD_SECONDS = [50e-6, 100e-6, 250e-6, 500e-6, 1e-3, 2.5e-3, 5e-3, 10e-3, 25e-3, 50e-3];

/** Characters: a word, a sentence, the longest credential. */
const HOLDBACK = [0, 8, 32, 128, 512, 2048, 8192];

// Bucket advice of the OpenTelemetry GenAI conventions: https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/
const OPERATION_SECONDS = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const TOKENS = Array.from({ length: 14 }, (_, power) => 4 ** power);
const FIRST_TOKEN_SECONDS = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const PER_TOKEN_SECONDS = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5];

const REQUEST = ['route', 'model', 'target', 'variant', 'status', 'outcome', 'stream'] as const;
const OPERATION = ['gen_ai_operation_name', 'gen_ai_provider_name', 'gen_ai_request_model'] as const;
const USAGE = ['gen_ai_token_type', 'gen_ai_provider_name', 'gen_ai_request_model'] as const;

/** What is read when a scrape asks. */
export interface Gauges {
  inFlight(): number;
  streamsActive(): number;
  /** `undefined` while no configuration is in force. */
  configAgeSeconds(): number | undefined;
  eventLoopLagSeconds(): number;
  /** Time left to credentials, by their source; those without an end are absent. */
  credentialSecondsLeft(): ReadonlyMap<string, number>;
  /** Upstream's time less ours, where it is largest; `undefined` before the first answer. */
  clockSkewSeconds(): number | undefined;
  /** Those of the configuration in force. */
  targets(): readonly MeasuredTarget[];
}

/** What is measured of a target when a scrape asks. */
export interface MeasuredTarget {
  readonly id: string;
  readonly health: {
    readonly breaker: { readonly state: CircuitState };
    readonly isProbeUp: boolean | undefined;
    readonly lastProbeSuccess: number | undefined;
  };
}

export type GatewayMetrics = ReturnType<typeof createGatewayMetrics>;

/** The metrics, in a registry of their own. */
export function createGatewayMetrics(gauges: Gauges) {
  const registry = new Registry();
  const of = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) => ({
    name,
    help,
    labelNames,
    registers: [registry],
  });
  const sampled = (name: string, help: string, read: () => number | undefined) =>
    new Gauge({
      ...of(name, help),
      collect() {
        const value = read();
        if (value !== undefined) this.set(value);
      },
    });

  sampled('keeptrusts_in_flight', 'Requests under way.', () => gauges.inFlight());
  sampled('keeptrusts_streams_active', 'Streams under way.', () => gauges.streamsActive());
  sampled('keeptrusts_config_age_seconds', 'Age of the configuration in force.', () => gauges.configAgeSeconds());
  sampled('keeptrusts_event_loop_lag_seconds', 'Delay of the event loop: 99th percentile since the last scrape.', () =>
    gauges.eventLoopLagSeconds(),
  );
  const perTarget = <L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    read: (target: MeasuredTarget) => Iterable<readonly [labels: Partial<Record<L, string>>, value: number]>,
  ) =>
    new Gauge({
      ...of(name, help, ['target', ...labelNames]),
      collect() {
        this.reset();
        for (const target of gauges.targets()) {
          for (const [labels, value] of read(target)) this.set({ target: target.id, ...labels }, value);
        }
      },
    });
  perTarget('keeptrusts_circuit_state', '1 for the state that a circuit is in.', ['state'], ({ health }) =>
    CIRCUIT_STATES.map((state) => [{ state }, health.breaker.state === state ? 1 : 0]),
  );
  perTarget('keeptrusts_probe_up', 'Whether the last health probe was good.', [], ({ health: { isProbeUp } }) =>
    isProbeUp === undefined ? [] : [[{}, isProbeUp ? 1 : 0]],
  );
  perTarget(
    'keeptrusts_probe_last_success_timestamp_seconds',
    'When a health probe was good last.',
    [],
    ({ health: { lastProbeSuccess } }) => (lastProbeSuccess === undefined ? [] : [[{}, lastProbeSuccess]]),
  );
  sampled('keeptrusts_clock_skew_seconds', "Upstream's time less ours, by its last answer.", () =>
    gauges.clockSkewSeconds(),
  );

  return {
    registry,

    // requests
    requests: new Counter(of('keeptrusts_requests_total', 'Requests by their end.', REQUEST)),
    requestSeconds: new Histogram({
      ...of('keeptrusts_request_duration_seconds', 'From the start of a request to the last byte of its answer.', [
        'route',
        'outcome',
        'stream',
      ]),
      buckets: SECONDS,
    }),
    errors: new Counter(
      of('keeptrusts_errors_total', 'Failures by type, which begins with whose fault it is.', ['type']),
    ),
    overheadSeconds: new Histogram({
      ...of('keeptrusts_overhead_seconds', "The gateway's own work on a request, by phase.", ['phase']),
      buckets: OVERHEAD_SECONDS,
    }),

    // upstream
    upstreamSeconds: new Histogram({
      ...of(
        'keeptrusts_upstream_seconds',
        'Wait for the upstream: to its answer, or to the first event of its stream.',
        ['target'],
      ),
      buckets: SECONDS,
    }),
    firstTokenSeconds: new Histogram({
      ...of('keeptrusts_time_to_first_token_seconds', 'From the start of a request to the first event of its stream.', [
        'target',
      ]),
      buckets: SECONDS,
    }),
    betweenEventsSeconds: new Histogram({
      ...of('keeptrusts_between_events_seconds', 'Pause between two events of a stream.', ['target']),
      buckets: SECONDS,
    }),
    costUsd: new Counter(of('keeptrusts_cost_usd_total', 'What tokens cost, in US dollars.', ['target', 'kind'])),
    priceUnknown: new Counter(
      of('keeptrusts_price_unknown_total', 'Requests whose cost nobody knows: the target has no pricing.', ['target']),
    ),
    tokens: new Counter(of('keeptrusts_tokens_total', 'Tokens by kind.', ['target', 'kind', 'source'])),

    // the same after the GenAI conventions
    operationSeconds: new Histogram({
      ...of('gen_ai_client_operation_duration_seconds', 'Time of a model operation.', OPERATION),
      buckets: OPERATION_SECONDS,
    }),
    tokenUsage: new Histogram({
      ...of('gen_ai_client_token_usage', 'Tokens of a model operation.', USAGE),
      buckets: TOKENS,
    }),
    timeToFirstToken: new Histogram({
      ...of('gen_ai_server_time_to_first_token_seconds', 'Time to the first token of a stream.', OPERATION),
      buckets: FIRST_TOKEN_SECONDS,
    }),
    timePerOutputToken: new Histogram({
      ...of('gen_ai_server_time_per_output_token_seconds', 'Time per token of a stream, behind the first.', OPERATION),
      buckets: PER_TOKEN_SECONDS,
    }),

    // policies
    policyDecisions: new Counter(
      of('keeptrusts_policy_decisions_total', 'What policies did about what they found.', [
        'policy',
        'phase',
        'lane',
        'action',
        'mode',
      ]),
    ),
    policyFindings: new Counter(of('keeptrusts_policy_findings_total', 'Findings by label.', ['policy', 'label'])),
    policySeconds: new Histogram({
      ...of('keeptrusts_policy_seconds', 'Time a policy took for one request.', ['policy', 'phase']),
      buckets: OVERHEAD_SECONDS,
    }),
    policyErrors: new Counter(
      of(
        'keeptrusts_policy_errors_total',
        'Failures of a policy itself: server.fail_mode says what became of the request.',
        ['policy', 'phase'],
      ),
    ),
    holdbackUnits: new Histogram({
      ...of('keeptrusts_stream_holdback_bytes', 'The most that one text of a stream held back at a time.'),
      buckets: HOLDBACK,
    }),
    holdbackSeconds: new Histogram({
      ...of('keeptrusts_stream_holdback_seconds', 'The longest that one text of a stream held anything back.'),
      buckets: SECONDS,
    }),
    unscanned: new Counter(of('keeptrusts_unscanned_total', 'What no policy can look into.', ['reason'])),

    // audit
    auditQueue: new Gauge(of('keeptrusts_audit_queue', 'Records that wait to be written.', ['sink'])),
    auditRecords: new Counter(of('keeptrusts_audit_records_total', 'Records written.', ['sink'])),
    auditFailures: new Counter(
      of('keeptrusts_audit_failures_total', 'Writes that failed, by reason.', ['sink', 'reason']),
    ),
    auditCheckpoint: new Gauge(
      of('keeptrusts_audit_last_checkpoint_timestamp_seconds', 'When the log was last signed.', ['sink']),
    ),
    auditSyncSeconds: new Histogram({
      ...of('keeptrusts_audit_sync_seconds', 'Time of one write of records, with its sync where there is one.', [
        'sink',
      ]),
      buckets: OVERHEAD_SECONDS,
    }),

    // routing
    retries: new Counter(of('keeptrusts_retries_total', 'Further attempts on the same target.', ['target', 'reason'])),
    fallbacks: new Counter(
      of('keeptrusts_fallbacks_total', 'Requests that went on to the next target.', ['target', 'reason', 'to']),
    ),
    circuitTransitions: new Counter(
      of('keeptrusts_circuit_transitions_total', 'Changes of a circuit.', ['target', 'to', 'reason']),
    ),
    circuitRejected: new Counter(
      of('keeptrusts_circuit_rejected_total', 'Requests that an open circuit kept from a target.', [
        'target',
        'reason',
      ]),
    ),
    probes: new Counter(of('keeptrusts_probes_total', 'Health probes by their end.', ['target', 'result'])),
    probeSeconds: new Histogram({
      ...of('keeptrusts_probe_seconds', 'Time of a health probe.', ['target']),
      buckets: SECONDS,
    }),
    probeCost: new Counter(of('keeptrusts_probe_cost_usd_total', 'What health probes cost.', ['target'])),

    // credentials
    credentialsExpiry: new Gauge({
      ...of('keeptrusts_credentials_expiry_seconds', 'Time until the credentials at hand expire.', ['source']),
      collect() {
        this.reset();
        for (const [source, seconds] of gauges.credentialSecondsLeft()) this.set({ source }, seconds);
      },
    }),
    credentialsRefresh: new Counter(
      of('keeptrusts_credentials_refresh_total', 'Attempts to get fresh credentials.', ['source', 'result']),
    ),

    // configuration
    configInfo: new Gauge(of('keeptrusts_config_info', 'The configuration in force; always 1.', ['pack', 'revision'])),
    configLastReloadSuccess: new Gauge(
      of('keeptrusts_config_last_reload_success', '1 when the configuration offered last was taken, else 0.'),
    ),
    configRejected: new Counter(
      of('keeptrusts_config_rejected_total', 'Configurations that were refused; the one before them stayed in force.'),
    ),
  };
}
