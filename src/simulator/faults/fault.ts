import { isObject } from '../../core/json.js';
import { callMatch } from './call-match.js';
import { integer, list, oneOf, string, struct, type Infer, type Shape } from '../shapes/shape.js';

const afterEvents = { after_events: integer({ min: 0 }) };
const ms = integer({ min: 0, max: 3_600_000 });
const status = integer({ min: 100, max: 599 });

/** Every fault by its kind. docs/simulator.md says what each does. */
const FAULTS = {
  // instead of an answer
  exception: struct(
    { kind: oneOf('exception'), name: string({ min: 1 }) },
    { message: string(), status, retry_after: integer({ min: 0 }) },
  ),
  expired_credentials: struct({ kind: oneOf('expired_credentials') }, {}),
  throttle: struct(
    { kind: oneOf('throttle') },
    { requests_per_minute: integer({ min: 0 }), tokens_per_minute: integer({ min: 0 }) },
  ),
  html_error: struct({ kind: oneOf('html_error') }, { status }),
  empty_200: struct({ kind: oneOf('empty_200') }, {}),
  malformed_json: struct({ kind: oneOf('malformed_json') }, {}),
  // beside the answer
  guardrail_intervened: struct({ kind: oneOf('guardrail_intervened') }, {}),
  clock_skew: struct({ kind: oneOf('clock_skew'), seconds: integer() }, {}),
  // in time
  delay: struct({ kind: oneOf('delay'), ms }, {}),
  first_event_delay: struct({ kind: oneOf('first_event_delay'), ms }, {}),
  event_delay: struct({ kind: oneOf('event_delay'), ms }, {}),
  stall: struct({ kind: oneOf('stall') }, afterEvents),
  // in the stream
  stream_exception: struct(
    { kind: oneOf('stream_exception'), name: string({ min: 1 }) },
    { message: string(), ...afterEvents },
  ),
  stream_error: struct(
    { kind: oneOf('stream_error'), code: string({ min: 1 }) },
    { message: string(), ...afterEvents },
  ),
  unknown_event: struct({ kind: oneOf('unknown_event') }, afterEvents),
  missing_stop: struct({ kind: oneOf('missing_stop') }, {}),
  cut_frame: struct({ kind: oneOf('cut_frame') }, { ...afterEvents, at_byte: integer({ min: 0 }) }),
  bad_crc: struct({ kind: oneOf('bad_crc') }, { ...afterEvents, which: oneOf('prelude', 'message') }),
  // on the socket
  reset: struct({ kind: oneOf('reset') }, { ...afterEvents, after_bytes: integer({ min: 0 }) }),
};

export type Fault = Infer<(typeof FAULTS)[keyof typeof FAULTS]>;
export type FaultKind = Fault['kind'];
export type FaultOf<K extends FaultKind> = Extract<Fault, { readonly kind: K }>;

const KINDS = Object.keys(FAULTS) as readonly FaultKind[];

const kindOnly = oneOf(...KINDS);
const fault: Shape<Fault> = {
  check(value, path) {
    const kind: unknown = isObject(value) ? value['kind'] : undefined;
    const known = KINDS.find((name) => name === kind);
    return known ? FAULTS[known].check(value, path) : kindOnly.check(kind, [...path, 'kind']);
  },
};

export const faultRules = list(struct({ fault }, { match: callMatch }), { max: 1000 });

export type FaultRule = Infer<typeof faultRules>[number];

/** The first fault of a kind among those that apply to a call. */
export function find<K extends FaultKind>(faults: readonly Fault[], kind: K): FaultOf<K> | undefined {
  return faults.find((candidate): candidate is FaultOf<K> => candidate.kind === kind);
}
