import { createHash } from 'node:crypto';

/**
 * A vector of a text: the sum of one pseudo-random vector for each of its words, so that texts that share words lie closer
 * together than others. The same text gives the same vector everywhere.
 */
export function embedding(text: string, dimensions: number, normalize: boolean): readonly number[] {
  const sum = new Float64Array(dimensions);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [text]) addWord(sum, word);
  const length = Math.hypot(...sum) || 1;
  return Array.from(sum, (value) => Math.fround(normalize ? value / length : value));
}

function addWord(sum: Float64Array, word: string): void {
  // Each digest gives 32 components; the counter behind the word gives as many digests as there are components.
  for (let start = 0; start < sum.length; start += 32) {
    const digest = createHash('sha256').update(`${word} ${start}`).digest();
    for (let i = start; i < Math.min(start + 32, sum.length); i += 1)
      sum[i] = (sum[i] ?? 0) + digest.readInt8(i - start) / 128;
  }
}
