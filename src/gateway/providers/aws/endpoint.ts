import { hostOf, isLoopback } from '../../../core/address.js';
import { firstVariable, variable, type Environment } from '../../../core/environment.js';

export type AwsService = 'bedrock-runtime' | 'sts';

const SERVICE_VARIABLES = {
  'bedrock-runtime': 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
  sts: 'AWS_ENDPOINT_URL_STS',
} as const satisfies Record<AwsService, string>;

export type EndpointOrigin = 'base_url' | (typeof SERVICE_VARIABLES)[AwsService] | 'AWS_ENDPOINT_URL' | 'region';

export interface Endpoint {
  /** May carry a path, which is put in front of the API's own paths. */
  readonly url: URL;
  readonly origin: EndpointOrigin;
}

export interface EndpointSources {
  /** The target's `base_url`. */
  readonly base_url?: string | undefined;
  readonly region: string;
  readonly env: Environment;
  /** Plain HTTP beyond loopback shows prompts, answers and session tokens to the network; the operator of the gateway must ask for it. */
  readonly allowInsecureHttp?: boolean | undefined;
}

/**
 * `base_url` → the variable of the service → `AWS_ENDPOINT_URL` → built from the region, where `AWS_USE_FIPS_ENDPOINT` and
 * `AWS_USE_DUALSTACK_ENDPOINT` choose the variant.
 * @throws Error saying which setting is no usable URL, and why.
 */
export function resolveEndpoint(
  service: AwsService,
  { base_url, region, env, allowInsecureHttp = false }: EndpointSources,
): Endpoint {
  if (base_url !== undefined) return custom('base_url', base_url, allowInsecureHttp);
  if (variable(env, 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS') !== 'true') {
    const fromEnv = firstVariable(env, [SERVICE_VARIABLES[service], 'AWS_ENDPOINT_URL']);
    if (fromEnv !== undefined) return custom(fromEnv.name, fromEnv.value, allowInsecureHttp);
  }
  return { url: regionalUrl(service, region, env), origin: 'region' };
}

/** The public endpoint of a service in a region, in the variant that the environment asks for. */
export function regionalUrl(service: AwsService, region: string, env: Environment): URL {
  const fips = variable(env, 'AWS_USE_FIPS_ENDPOINT') === 'true';
  const dualStack = variable(env, 'AWS_USE_DUALSTACK_ENDPOINT') === 'true';
  const { suffix, dualStackSuffix } = partitionOf(region);
  return new URL(`https://${service}${fips ? '-fips' : ''}.${region}.${dualStack ? dualStackSuffix : suffix}`);
}

// What the AWS SDK's own endpoint rules say; a test compares them for every region that the SDK knows.
const PARTITIONS = [
  { regions: /^cn-/, suffix: 'amazonaws.com.cn', dualStackSuffix: 'api.amazonwebservices.com.cn' },
  { regions: /^us-gov-/, suffix: 'amazonaws.com', dualStackSuffix: 'api.aws' },
  { regions: /^us-iso-/, suffix: 'c2s.ic.gov', dualStackSuffix: 'api.aws.ic.gov' },
  { regions: /^us-isob-/, suffix: 'sc2s.sgov.gov', dualStackSuffix: 'api.aws.scloud' },
  { regions: /^eu-isoe-/, suffix: 'cloud.adc-e.uk', dualStackSuffix: 'api.cloud-aws.adc-e.uk' },
  { regions: /^us-isof-/, suffix: 'csp.hci.ic.gov', dualStackSuffix: 'api.aws.hci.ic.gov' },
  { regions: /^eusc-/, suffix: 'amazonaws.eu', dualStackSuffix: 'api.amazonwebservices.eu' },
] as const;

const COMMERCIAL = { suffix: 'amazonaws.com', dualStackSuffix: 'api.aws' };

/** True when one STS can speak for both. */
export function inSamePartition(region: string, other: string): boolean {
  return partitionOf(region) === partitionOf(other);
}

function partitionOf(region: string): { readonly suffix: string; readonly dualStackSuffix: string } {
  return PARTITIONS.find(({ regions }) => regions.test(region)) ?? COMMERCIAL;
}

function custom(origin: EndpointOrigin, value: string, allowInsecureHttp: boolean): Endpoint {
  const url = URL.parse(value);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error(`${origin}: expected a URL such as https://bedrock-runtime.us-east-1.amazonaws.com`);
  }
  if (url.username !== '' || url.search !== '' || url.hash !== '') {
    throw new Error(`${origin}: expected scheme, host, port and path alone`);
  }
  if (url.protocol === 'http:' && !isLoopback(hostOf(url)) && !allowInsecureHttp) {
    throw new Error(`${origin}: plain http is for loopback only; use https, or set allow_insecure_http if you must`);
  }
  return { url, origin };
}
