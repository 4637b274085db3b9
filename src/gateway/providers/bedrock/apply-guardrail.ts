import type { BedrockGuardrail } from '../../../config/policy-config.js';
import type { Clock } from '../../../core/clock.js';
import type { BedrockTransport } from './bedrock-transport.js';
import { guardrailReasons, type GuardrailReason } from './guardrail-reasons.js';

/** What a guardrail says of one text. */
export interface GuardrailOpinion {
  readonly hasIntervened: boolean;
  /** May be empty though it intervened: not every rule says what it found. */
  readonly reasons: readonly GuardrailReason[];
  /** The text with what was found masked; absent when the guardrail blocks it as a whole. */
  readonly masked?: string;
}

export interface GuardrailOptions {
  readonly settings: Pick<BedrockGuardrail, 'id' | 'version' | 'timeout_seconds'>;
  readonly transport: BedrockTransport;
  readonly clock: Clock;
}

/** So many texts of an exchange are asked about at a time. */
const AT_A_TIME = 8;

/**
 * Asks a guardrail about texts, each in a call of its own, since an answer does not tell texts apart.
 * @throws Error after `timeout_seconds` for all of them together, or what the transport throws.
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ApplyGuardrail.html
 */
export async function applyGuardrail(
  texts: readonly string[],
  source: 'INPUT' | 'OUTPUT',
  signal: AbortSignal,
  { settings, transport, clock }: GuardrailOptions,
): Promise<readonly GuardrailOpinion[]> {
  const { id, version, timeout_seconds: seconds } = settings;
  const expiry = new AbortController();
  const timer = clock.schedule(seconds * 1000, () =>
    expiry.abort(new Error(`the guardrail did not answer within ${seconds} s`)),
  );
  const call = { signal: AbortSignal.any([signal, expiry.signal]), headers: {} };
  const ask = async (text: string): Promise<GuardrailOpinion> => {
    const input = { guardrailIdentifier: id, guardrailVersion: version, source, content: [{ text: { text } }] };
    const { action, outputs = [], assessments = [] } = await transport.applyGuardrail(input, call);
    if (action !== 'GUARDRAIL_INTERVENED') return { hasIntervened: false, reasons: [] };
    const reasons = guardrailReasons(assessments);
    const hasMasked = reasons.length > 0 && reasons.every(({ masks }) => masks) && outputs.length > 0;
    const masked = outputs.map((output) => output.text ?? '').join('');
    return { hasIntervened: true, reasons, ...(hasMasked && { masked }) };
  };
  try {
    const opinions: GuardrailOpinion[] = [];
    for (let start = 0; start < texts.length; start += AT_A_TIME)
      opinions.push(...(await Promise.all(texts.slice(start, start + AT_A_TIME).map(ask))));
    return opinions;
  } catch (error) {
    expiry.signal.throwIfAborted();
    throw error;
  } finally {
    timer.cancel();
    // What is still under way when one of them failed is of no use.
    expiry.abort();
  }
}
