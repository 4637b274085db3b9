import type { Target } from '../../../config/policy-config.js';
import {
  createBedrockTransport,
  type BedrockConnectionStatus,
  type BedrockShared,
} from '../bedrock/create-bedrock-transport.js';
import { isRegionName } from '../aws/region.js';
import { failed, passed, warned, type Check } from './check.js';
import { diagnoseCredentials } from './diagnose-credentials.js';
import { diagnoseEndpoint } from './diagnose-endpoint.js';
import { diagnoseModel } from './diagnose-model.js';

/** Longer than any link of the chain takes to fail by itself. */
const PATIENCE_MS = 60_000;

/** Everything that a Bedrock target stands on, link by link. What a failure makes pointless is not looked at. */
export async function diagnoseTarget(
  target: Target,
  shared: BedrockShared,
  stop: AbortSignal,
): Promise<readonly Check[]> {
  const { network, credentials: pool } = shared;
  const late = new AbortController();
  const timer = network.clock.schedule(PATIENCE_MS, () => late.abort(new Error('took too long')));
  const signal = AbortSignal.any([stop, late.signal]);
  const { transport, describe } = await createBedrockTransport(target, shared);
  try {
    const status = describe();
    const region = diagnoseRegion(status);
    if (region.status === 'fail') return [region];
    const lease = pool.lease(target, status.region);
    const context = { pool, target, region: status.region, now: network.clock.now(), signal };
    const [credentials, endpoint] = await Promise.all([
      diagnoseCredentials(pool.plan(target), lease.value, context).finally(() => lease.release()),
      status.endpoint === undefined
        ? [failed('endpoint', status.reason ?? 'the settings yield none.', 'Correct these settings.')]
        : diagnoseEndpoint(new URL(status.endpoint), network, signal),
    ]);
    const before = [region, ...credentials, ...endpoint];
    if (before.some((check) => check.status === 'fail')) return before;
    return [...before, await diagnoseModel(target.model, status.region, transport, signal)];
  } finally {
    timer.cancel();
    transport.close();
  }
}

const ORIGINS: Readonly<Record<BedrockConnectionStatus['regionOrigin'], string>> = {
  target: 'aws_region',
  pack: "the pack's aws.region",
  AWS_REGION: 'AWS_REGION',
  AWS_DEFAULT_REGION: 'AWS_DEFAULT_REGION',
  profile: 'the profile',
  default: 'nothing else naming one',
};

function diagnoseRegion({ region, regionOrigin }: BedrockConnectionStatus): Check {
  const found = `${region}, by ${ORIGINS[regionOrigin]}.`;
  if (!isRegionName(region)) {
    return failed(
      'region',
      `${JSON.stringify(region)}, by ${ORIGINS[regionOrigin]}, is no region.`,
      'Write it as us-east-1.',
    );
  }
  if (regionOrigin !== 'default') return passed('region', found);
  return warned('region', found, 'Name the region, as aws_region of the target or as AWS_REGION.');
}
