import { hash } from 'node:crypto';

/** Eight hex digits that tell `text` from others of the same request. */
export function shortHash(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 8);
}
