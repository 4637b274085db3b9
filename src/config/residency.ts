// Where a call to Amazon Bedrock may be processed, and whether that stays within the regions its author allows. What cannot be
// known counts as elsewhere.

/**
 * Regions that the system inference profiles of a geography may send a request to, over all models.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 */
const DESTINATIONS: Readonly<Record<string, readonly string[]>> = {
  us: ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
  'us-gov': ['us-gov-east-1', 'us-gov-west-1'],
  ca: ['ca-central-1', 'ca-west-1'],
  sa: ['sa-east-1'],
  eu: ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'],
  jp: ['ap-northeast-1', 'ap-northeast-3'],
  au: ['ap-southeast-2', 'ap-southeast-4'],
  apac: [
    'ap-east-2',
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-south-2',
    'ap-southeast-1',
    'ap-southeast-2',
    'ap-southeast-3',
    'ap-southeast-4',
    'ap-southeast-5',
    'ap-southeast-7',
    'me-central-1',
  ],
};

/** ARNs of these are served in their own region. https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html */
const REGIONAL_RESOURCES = new Set([
  'foundation-model',
  'provisioned-model',
  'custom-model',
  'custom-model-deployment',
  'imported-model',
]);

const ARN = /^arn:[a-z-]+:[a-z0-9-]+:(?<region>[a-z0-9-]*):\d*:(?<kind>[a-z-]+)\/(?<name>.+)$/;

/** No vendor of models has a name of two letters, so that a geography which is not in the table shows as one. */
const PROFILE = /^(apac|global|amer|us-gov|[a-z]{2}(?:-[a-z]+)?)\.(?=[a-z0-9-]+\.)/;

/** What a Bedrock model id says of where it is served. */
export type ModelPlace =
  /** Where it is called. */
  | { readonly kind: 'called' }
  | { readonly kind: 'region'; readonly region: string }
  /** A cross-region inference profile; in an ARN with the region that it is called in. */
  | { readonly kind: 'profile'; readonly geography: string; readonly region?: string }
  /** An ARN that does not say: an application profile, a prompt router, a managed prompt. */
  | { readonly kind: 'unknown' };

export function placeOfModel(model: string): ModelPlace {
  if (!model.startsWith('arn:')) return placeOfId(model);
  const { region = '', kind = '', name = '' } = ARN.exec(model)?.groups ?? {};
  if (REGIONAL_RESOURCES.has(kind)) return { kind: 'region', region };
  if (kind !== 'inference-profile') return { kind: 'unknown' };
  const profile = placeOfId(name);
  return profile.kind === 'profile' ? { ...profile, region } : { kind: 'unknown' };
}

/** Regions that profiles may be called from: Canada, too, calls those of the United States. */
const SOURCES: Readonly<Record<string, RegExp>> = {
  us: /^(?:us-(?:east|west)|ca)-/,
  'us-gov': /^us-gov-/,
  ca: /^ca-/,
  sa: /^sa-/,
  eu: /^eu-/,
  jp: /^ap-northeast-/,
  au: /^ap-southeast-/,
  apac: /^(?:ap|me)-/,
};

/** May a profile of this geography be called from a region? True for a geography that is not known. */
export function isOfferedIn(geography: string, region: string): boolean {
  return SOURCES[geography]?.test(region) ?? true;
}

export interface Placement {
  /** As it is sent to Bedrock. */
  readonly model: string;
  /** Stands for `model` where that does not say. */
  readonly base_model?: string | undefined;
  /** Of the endpoint; undefined for an upstream without regions. */
  readonly region: string | undefined;
  /** Host name of the endpoint, when another than the region's own is called. */
  readonly host?: string | undefined;
}

/**
 * Why a call may leave `regions`: AWS regions, or geographies that stand for all their regions. A profile stays when its
 * geography is named, or all the regions it may choose from.
 * @returns undefined when it cannot.
 */
export function residencyBreach(placement: Placement, regions: readonly string[]): string | undefined {
  const { model, base_model, region, host } = placement;
  if (region === undefined) return 'its upstream does not say in which region it answers';
  const called = [region, ...(host === undefined ? [] : regionsOfHost(host))];
  const outside = called.find((region) => !isWithin(region, regions));
  if (outside !== undefined) return `${outside} is outside`;
  const place = placeOfModel(model);
  return breachOf(place.kind === 'unknown' && base_model !== undefined ? declared(base_model) : place, regions);
}

/** A plain id says which model answers, but not that it does so in this region. */
function declared(baseModel: string): ModelPlace {
  const place = placeOfModel(baseModel);
  return place.kind === 'called' ? { kind: 'unknown' } : place;
}

function breachOf(place: ModelPlace, regions: readonly string[]): string | undefined {
  switch (place.kind) {
    case 'called':
      return undefined;
    case 'region':
      return isWithin(place.region, regions) ? undefined : `${place.region || 'the ARN'} is outside`;
    case 'unknown':
      return 'this ARN does not say where it is served; `base_model` may name its profile';
    case 'profile': {
      const { geography, region } = place;
      if (region !== undefined && !isWithin(region, regions)) return `${region} is outside`;
      if (regions.includes(geography) && geography !== 'global') return undefined;
      const outside = DESTINATIONS[geography]?.find((destination) => !isWithin(destination, regions));
      if (DESTINATIONS[geography] !== undefined && outside === undefined) return undefined;
      return `an inference profile \`${geography}.\` may leave them${outside === undefined ? '' : ` for ${outside}`}`;
    }
  }
}

function placeOfId(id: string): ModelPlace {
  const geography = PROFILE.exec(id)?.[1];
  return geography === undefined ? { kind: 'called' } : { kind: 'profile', geography };
}

/** Is a region one of those allowed, or in an allowed geography? `us` is not the government's `us-gov`. */
export function isWithin(region: string, allowed: readonly string[]): boolean {
  return allowed.some((entry) => {
    if (entry === region) return true;
    if (['apac', 'jp', 'au'].includes(entry)) return DESTINATIONS[entry]?.includes(region) ?? false;
    return region.startsWith(`${entry}-`) && (entry !== 'us' || !region.startsWith('us-gov-'));
  });
}

/** `eu-west-1` of `vpce-….bedrock-runtime.eu-west-1.vpce.amazonaws.com`; nothing for a host that is not AWS's. */
function regionsOfHost(host: string): readonly string[] {
  const region = /(?:^|\.)bedrock-runtime(?:-fips)?\.([a-z0-9-]+)\./.exec(host)?.[1];
  return region === undefined ? [] : [region];
}
