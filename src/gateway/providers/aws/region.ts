import { firstVariable, type Environment } from '../../../core/environment.js';

/** Where a target's region came from, for `kt doctor` and the targets list. */
export type RegionOrigin = 'target' | 'pack' | 'AWS_REGION' | 'AWS_DEFAULT_REGION' | 'profile' | 'default';

export interface ResolvedRegion {
  readonly region: string;
  readonly origin: RegionOrigin;
}

export interface RegionSources {
  /** The target's `aws_region`. */
  readonly target?: string | undefined;
  /** The PolicyPack's `aws.region`. */
  readonly pack?: string | undefined;
  readonly env: Environment;
  /** `region` of the profile in use; asked only when nothing before it answers. */
  readonly profile: () => Promise<string | undefined>;
}

/** The region of last resort, which the product's reference promises. */
export const DEFAULT_REGION = 'us-east-1';

/** The target's own → the pack's → `AWS_REGION` → `AWS_DEFAULT_REGION` → the profile's → us-east-1. */
export async function resolveRegion({ target, pack, env, profile }: RegionSources): Promise<ResolvedRegion> {
  if (target !== undefined) return { region: target, origin: 'target' };
  if (pack !== undefined) return { region: pack, origin: 'pack' };
  const fromEnv = firstVariable(env, ['AWS_REGION', 'AWS_DEFAULT_REGION']);
  if (fromEnv !== undefined) return { region: fromEnv.value, origin: fromEnv.name };
  const fromProfile = await profile();
  if (fromProfile !== undefined) return { region: fromProfile, origin: 'profile' };
  return { region: DEFAULT_REGION, origin: 'default' };
}

/** True for words shaped like a region. It becomes part of a host name, so nothing else may pass. */
export function isRegionName(word: string): boolean {
  return /^[a-z]{2,4}(-[a-z]+){1,3}-\d{1,2}$/.test(word);
}
