import { createHash } from 'node:crypto';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const BECH32_GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** True when the last four bytes are the double SHA-256 of the rest: Bitcoin, Litecoin, Dogecoin, Tron addresses, WIF keys. */
export function isBase58Checked(address: string): boolean {
  const bytes = decodeBase58(address);
  if (!bytes || bytes.length < 25) return false;
  const body = bytes.subarray(0, -4);
  return sha256(sha256(body)).subarray(0, 4).equals(bytes.subarray(-4));
}

/** BIP 173 and BIP 350 checksums. Lower or upper case, never mixed. */
export function isBech32Checked(address: string): boolean {
  const lower = address.toLowerCase();
  if (address !== lower && address !== address.toUpperCase()) return false;
  const split = lower.lastIndexOf('1');
  if (split < 1) return false;
  const values = Array.from(lower.slice(split + 1), (char) => BECH32.indexOf(char));
  if (values.length < 6 || values.includes(-1)) return false;
  const prefix = Array.from(lower.slice(0, split), (char) => char.charCodeAt(0));
  const check = polymod([...prefix.map((unit) => unit >> 5), 0, ...prefix.map((unit) => unit & 31), ...values]);
  return check === 1 || check === 0x2bc830a3;
}

function decodeBase58(text: string): Buffer | undefined {
  let number = 0n;
  for (const char of text) {
    const digit = BASE58.indexOf(char);
    if (digit < 0) return undefined;
    number = number * 58n + BigInt(digit);
  }
  const hex = number === 0n ? '' : number.toString(16);
  const zeroes = /^1*/.exec(text)?.[0].length ?? 0;
  return Buffer.concat([Buffer.alloc(zeroes), Buffer.from(hex.length % 2 === 1 ? `0${hex}` : hex, 'hex')]);
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function polymod(values: readonly number[]): number {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    BECH32_GENERATORS.forEach((generator, k) => {
      if ((top >>> k) & 1) check ^= generator;
    });
  }
  return check >>> 0;
}
