const decoder = new TextDecoder('utf-8', { fatal: true });

/** The bytes as text; `undefined` when they are no UTF-8. A last character that was cut off is passed over. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  for (let cut = 0; cut <= 3 && cut < bytes.length; cut++) {
    try {
      return decoder.decode(bytes.subarray(0, bytes.length - cut));
    } catch {
      // Bytes that begin no character can only be the torn end of one.
      if (bytes.length - cut > 0 && (bytes[bytes.length - cut - 1] as number) < 0x80) return undefined;
    }
  }
  return undefined;
}

/** How much of a text is looked at to say whether it is one. */
const SAMPLE = 512;

/** Does it read as words: letters and spaces for the most part, next to no control characters or rare signs? */
export function isTextLike(text: string): boolean {
  if (text.length < 4) return false;
  let letters = 0;
  let rare = 0;
  let counted = 0;
  for (const char of text.slice(0, SAMPLE)) {
    counted++;
    if (/[\p{L}\p{M} ]/u.test(char)) letters++;
    else if (!/[\d\n\r\t.,:;!?'"(){}<>/_=-]/.test(char)) rare++;
  }
  return letters >= counted * 0.55 && rare <= counted * 0.15;
}
