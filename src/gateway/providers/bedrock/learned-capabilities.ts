import type { GatewayError } from '../../chat/gateway-error.js';
import type { ModelCapabilities } from './capabilities.js';

/** Refusals that say what a model cannot do, whatever the table says. */
const LESSONS = [
  { refusal: /doesn[’']t support tool use in streaming mode/i, capability: 'streamingTools' },
  { refusal: /doesn[’']t support system messages/i, capability: 'system' },
] as const;

/** What a model turned out not to do while the gateway runs. */
export class LearnedCapabilities {
  #capabilities: ModelCapabilities;

  constructor(capabilities: ModelCapabilities) {
    this.#capabilities = capabilities;
  }

  get current(): ModelCapabilities {
    return this.#capabilities;
  }

  /** True when `error` taught something new, so that the request may be sent again in another form. */
  learn(error: GatewayError, asked: ModelCapabilities): boolean {
    if (error.reason !== 'upstream_invalid_request') return false;
    const lesson = LESSONS.find(({ refusal }) => refusal.test(error.message));
    if (lesson === undefined || !asked[lesson.capability]) return false;
    this.#capabilities = { ...this.#capabilities, [lesson.capability]: false };
    return true;
  }
}
