import { readFile } from 'node:fs/promises';
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls';
import type { Clock } from '../../../core/clock.js';
import { variable, type Environment } from '../../../core/environment.js';

/** What every connection of this process shares. */
export interface Network {
  /** For proxies, endpoints and their variants. */
  readonly env: Environment;
  /** Trusted authorities; absent: Node's own and `NODE_EXTRA_CA_CERTS`. */
  readonly secureContext?: SecureContext;
  readonly clock: Clock;
}

/**
 * Reads what connections need once, so that each need not.
 * @throws Error naming `AWS_CA_BUNDLE` when its file cannot be read or holds no certificates.
 */
export async function openNetwork(env: Environment, clock: Clock): Promise<Network> {
  const bundle = variable(env, 'AWS_CA_BUNDLE');
  return { env, clock, ...(bundle !== undefined && { secureContext: await trusting(bundle) }) };
}

async function trusting(bundle: string): Promise<SecureContext> {
  try {
    const pem = await readFile(bundle, 'utf8');
    if (!pem.includes('-----BEGIN CERTIFICATE-----')) throw new Error('it holds no PEM certificate');
    return createSecureContext({ ca: [...getCACertificates('default'), pem] });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`AWS_CA_BUNDLE: cannot trust the authorities in ${bundle}: ${why}`, { cause: error });
  }
}
