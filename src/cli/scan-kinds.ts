// The kinds of policy that can judge texts off line, and how a command gets to them.
import type { PolicySettings } from '../config/policy-config.js';
import { CommandError } from './command-context.js';
import type { ScanText } from './scan-text.js';

/** Each makes its scanner from the `policy` part of a configuration, or from nothing, where it reports all that it can. */
const SCANNERS = {
  'prompt-injection': async (settings) =>
    (await import('./scan-injection.js')).scanInjection(settings?.['prompt-injection']),
  pii: async (settings) => (await import('./scan-pii.js')).scanPii(settings?.['pii-detector']),
  safety: async (settings) => (await import('./scan-safety.js')).scanSafety(settings?.['safety-filter']),
} as const satisfies Record<string, (settings: PolicySettings | undefined) => Promise<ScanText>>;

export type ScanKind = keyof typeof SCANNERS;

export const SCAN_KINDS = Object.keys(SCANNERS) as readonly ScanKind[];

export async function scannerOf(kind: ScanKind, settings: PolicySettings | undefined): Promise<ScanText> {
  return SCANNERS[kind](settings);
}

/** The `policy` part of the configuration at `path`. @throws CommandError when it is not valid. */
export async function readPolicySettings(path: string | undefined): Promise<PolicySettings | undefined> {
  if (path === undefined) return undefined;
  const { readPolicyConfig } = await import('../config/read-policy-config.js');
  const { config, problems } = await readPolicyConfig([path]);
  if (config === undefined) {
    throw new CommandError(
      `${path}: not a valid configuration; 'kt policy lint --file ${path}' says why (${problems.length} problems)`,
    );
  }
  return config.policy;
}
