/**
 * A repeatable stand-in for a tokenizer: a word counts one token for every six characters begun, any other visible character
 * one. Texts that meet at white space count as much together as apart, so streamed words add up to the whole.
 */
export function countTokens(text: string): number {
  let tokens = 0;
  for (const [piece] of text.matchAll(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)) tokens += Math.ceil(piece.length / 6);
  return tokens;
}

/** Words with the white space before them, so that joining them gives the text again. */
export function words(text: string): readonly string[] {
  return text.match(/\s*\S+(?:\s+$)?|\s+$/g) ?? [];
}

/** The first words of `text` that fit into `maxTokens`, and whether that is all of it. */
export function clip(text: string, maxTokens: number): { readonly text: string; readonly complete: boolean } {
  let tokens = 0;
  let kept = '';
  for (const word of words(text)) {
    tokens += countTokens(word);
    if (tokens > maxTokens) return { text: kept, complete: false };
    kept += word;
  }
  return { text: kept, complete: true };
}
