import { isBase58Checked, isBech32Checked } from '../checksums/crypto-address.js';
import { isRightClear, leftEdge } from './number-run.js';
import type { Proposals } from './proposals.js';
import type { Scene } from './scene.js';

/**
 * Bitcoin, Litecoin, Dogecoin and Tron addresses by their checksum, Ethereum addresses by their form: the mixed-case
 * checksum of EIP-55 needs Keccak, which Node.js does not have, and most addresses are written without it.
 */
export function recogniseCryptoAddress(start: number, end: number, scene: Scene, out: Proposals): void {
  const length = end - start;
  if (length < 26 || length > 90 || leftEdge(scene.text, start) === 'joined' || !isRightClear(scene.text, end)) return;
  const value = scene.text.slice(start, end);
  if (/^(?:bc1|tb1|ltc1)[02-9ac-hj-np-z]{20,87}$/i.test(value)) {
    if (isBech32Checked(value)) out.add('CRYPTO', start, end, 0.98, 'checksum');
  } else if (length === 42 && /^0x[0-9a-fA-F]{40}$/.test(value)) {
    out.add('CRYPTO', start, end, 0.8, 'format');
  } else if (length <= 35 && /^[13LMDT9A][1-9A-HJ-NP-Za-km-z]{25,34}$/.test(value)) {
    if (isBase58Checked(value)) out.add('CRYPTO', start, end, 0.98, 'checksum');
  }
}
