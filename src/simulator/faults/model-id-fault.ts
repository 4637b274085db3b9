// Faults without the control API: a model id that begins with `sim.fault.` or `sim.stream.` asks for one. What follows is the
// name of an exception or of a fault's kind, then perhaps a dot and the fault's main number; a version such as `-v1:0` is
// passed over: `sim.fault.ThrottlingException-v1:0`, `sim.fault.delay.500`, `sim.stream.ModelStreamErrorException.3-v1:0`.
import type { Fault } from './fault.js';

const KINDS: Readonly<Record<string, (amount: number | undefined) => Fault>> = {
  expired_credentials: () => ({ kind: 'expired_credentials' }),
  throttle: (amount = 60) => ({ kind: 'throttle', requests_per_minute: amount }),
  html_error: (status = 503) => ({ kind: 'html_error', status }),
  empty_200: () => ({ kind: 'empty_200' }),
  malformed_json: () => ({ kind: 'malformed_json' }),
  guardrail_intervened: () => ({ kind: 'guardrail_intervened' }),
  clock_skew: (seconds = 600) => ({ kind: 'clock_skew', seconds }),
  delay: (ms = 1000) => ({ kind: 'delay', ms }),
  first_event_delay: (ms = 1000) => ({ kind: 'first_event_delay', ms }),
  event_delay: (ms = 100) => ({ kind: 'event_delay', ms }),
  stall: (after_events = 0) => ({ kind: 'stall', after_events }),
  unknown_event: (after_events = 1) => ({ kind: 'unknown_event', after_events }),
  missing_stop: () => ({ kind: 'missing_stop' }),
  cut_frame: (after_events = 3) => ({ kind: 'cut_frame', after_events }),
  bad_crc: (after_events = 3) => ({ kind: 'bad_crc', after_events }),
  reset: (after_events = 0) => ({ kind: 'reset', after_events }),
};

/** The fault that a model id asks for, if any. */
export function modelIdFault(model: string): Fault | undefined {
  const match = /^sim\.(fault|stream)\.([A-Za-z_]+(?:200)?)(?:\.(\d+))?(?:-v\d+(?::\d+)?)?$/.exec(model);
  if (!match) return undefined;
  const [, place, name = '', digits] = match;
  const amount = digits === undefined ? undefined : Number(digits);
  if (place === 'stream') return { kind: 'stream_exception', name, after_events: amount ?? 3 };
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (kind) return kind(amount);
  return { kind: 'exception', name, ...(amount !== undefined && { status: amount }) };
}
