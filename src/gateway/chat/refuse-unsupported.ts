import { described, member, type Place, readArray, readBoolean, refused } from './read-member.js';

/**
 * Members that ask for what no target can give, where leaving them out would change what the caller gets: several choices,
 * token probabilities, sound as an answer.
 * @throws GatewayError naming the member.
 */
export function refuseUnsupported(body: Place): void {
  const n = member(body, 'n') ?? 1;
  if (n !== 1) throw refused('n', `expected 1: one choice is all there is, got ${described(n)}`);
  if (readBoolean(body, 'logprobs') === true)
    throw refused('logprobs', 'expected false: there are no token probabilities');
  for (const [key, reason] of [
    ['top_logprobs', 'there are no token probabilities'],
    ['audio', 'answers are text'],
  ] as const) {
    if (member(body, key) !== undefined) throw refused(key, `expected nothing: ${reason}`);
  }
  for (const modality of readArray(body, 'modalities') ?? []) {
    if (modality !== 'text') throw refused('modalities', `expected only text, got ${described(modality)}`);
  }
}
