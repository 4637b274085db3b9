import { member, type Place, readArray, readBoolean, refused } from './read-member.js';

/**
 * Members that ask for what no target can give, where leaving them out would change what the caller gets: several choices,
 * token probabilities, sound as an answer.
 * @throws GatewayError naming the member.
 */
export function refuseUnsupported(body: Place): void {
  if ((member(body, 'n') ?? 1) !== 1) refuseMember('n', 'an answer has one choice');
  if (readBoolean(body, 'logprobs') === true) refuseMember('logprobs', 'there are no token probabilities');
  if (member(body, 'top_logprobs') !== undefined) refuseMember('top_logprobs', 'there are no token probabilities');
  const modalities = readArray(body, 'modalities') ?? [];
  if (modalities.some((modality) => modality !== 'text')) refuseMember('modalities', 'answers are text');
  if (member(body, 'audio') !== undefined) refuseMember('audio', 'answers are text');
}

function refuseMember(param: string, reason: string): never {
  throw refused(param, `not supported: ${reason}`);
}
