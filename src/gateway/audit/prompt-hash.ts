import { createHmac } from 'node:crypto';

/**
 * `hmac-sha256:<hex>` of a prompt under the installation's key: tells that two prompts are the same, and, without the key,
 * nothing about what they say.
 */
export function promptHash(prompt: string, installationKey: Uint8Array): string {
  return `hmac-sha256:${createHmac('sha256', installationKey).update(prompt).digest('hex')}`;
}
