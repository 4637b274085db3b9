import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isErrno, loadOrCreateSigningKey, type SigningKey } from './signing-key.js';

/** What is this installation's alone, kept in its state directory and made on first use. */
export interface Installation {
  /** Signs the audit log's checkpoints. */
  readonly signingKey: SigningKey;
  /** Where its public half lies: what `kt audit verify --key` takes. */
  readonly publicKeyFile: string;
  /** Key of the hashes that stand for prompts. */
  readonly hmacKey: Uint8Array;
}

const SIGNING_KEY = 'audit-key.pem';
const HMAC_KEY = 'hmac-key';
const HMAC_KEY_BYTES = 32;

/** @throws Error when a key cannot be read or made. */
export function openInstallation(stateDirectory: string): Installation {
  const path = join(stateDirectory, SIGNING_KEY);
  const signingKey = loadOrCreateSigningKey(path);
  return { signingKey, publicKeyFile: `${path}.pub`, hmacKey: loadOrCreateHmacKey(join(stateDirectory, HMAC_KEY)) };
}

function loadOrCreateHmacKey(path: string): Uint8Array {
  try {
    writeFileSync(path, randomBytes(HMAC_KEY_BYTES), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
  }
  const key = readFileSync(path);
  if (key.length !== HMAC_KEY_BYTES) throw new Error(`${path}: expected ${HMAC_KEY_BYTES} bytes, found ${key.length}`);
  return key;
}
