import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Ed25519 pair that signs checkpoints. The private half belongs to the gateway alone, outside the log's directory. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** PEM. */
  readonly publicPem: string;
  /** First 16 hex digits of the SHA-256 of the public key's DER form. */
  readonly keyId: string;
}

/** What is signed, so that a signature made for one purpose never serves another. */
export type SignedKind = 'checkpoint' | 'head' | 'tombstone';

/**
 * Reads the key at `path` (PKCS#8 PEM), or makes one there (0600) with the public half beside it as `<path>.pub`.
 * @throws Error when the file holds no Ed25519 private key, or cannot be made.
 */
export function loadOrCreateSigningKey(path: string): SigningKey {
  const existing = readIfThere(path);
  if (existing !== undefined) return signingKey(existing, path);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  try {
    // 'wx': of two processes that start together, one makes the key and both use it.
    writeFileSync(path, pem, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
    return signingKey(readFileSync(path, 'utf8'), path);
  }
  const key = signingKey(pem, path);
  writeFileSync(`${path}.pub`, key.publicPem, { mode: 0o644 });
  return key;
}

/** The public half alone, for verification. @throws Error when `pem` holds no Ed25519 public key. */
export function loadPublicKey(pem: string, name: string): { readonly publicKey: KeyObject; readonly keyId: string } {
  let publicKey: KeyObject;
  try {
    publicKey = createPublicKey(pem);
  } catch {
    throw new Error(`${name}: expected an Ed25519 public key in PEM form`);
  }
  if (publicKey.asymmetricKeyType !== 'ed25519')
    throw new Error(`${name}: expected an Ed25519 public key, found ${publicKey.asymmetricKeyType ?? 'another kind'}`);
  return { publicKey, keyId: keyIdOf(publicKey) };
}

/** Base64 signature over the statement: its kind and its members in the order given. */
export function signStatement(kind: SignedKind, statement: object, key: SigningKey): string {
  return sign(null, bytesOf(kind, statement), key.privateKey).toString('base64');
}

export function isSignedBy(kind: SignedKind, statement: object, signature: string, publicKey: KeyObject): boolean {
  return verify(null, bytesOf(kind, statement), publicKey, Buffer.from(signature, 'base64'));
}

function bytesOf(kind: SignedKind, statement: object): Buffer {
  return Buffer.from(`keeptrusts-audit-${kind}\n${JSON.stringify(statement)}`);
}

function signingKey(pem: string, name: string): SigningKey {
  let privateKey: KeyObject;
  try {
    privateKey = createPrivateKey(pem);
  } catch {
    throw new Error(`${name}: expected an Ed25519 private key in PEM form`);
  }
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error(`${name}: expected an Ed25519 private key`);
  const publicKey = createPublicKey(privateKey);
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return { privateKey, publicKey, publicPem, keyId: keyIdOf(publicKey) };
}

function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined;
    throw error;
  }
}

export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
