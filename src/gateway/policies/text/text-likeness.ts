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

/** Are the first bytes of a text in UTF-8, without control characters? A quick no for what is no text at all. */
export function beginsLikeText(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] as number;
    const width =
      lead < 0x80
        ? 1
        : lead >= 0xc2 && lead < 0xe0
          ? 2
          : lead >= 0xe0 && lead < 0xf0
            ? 3
            : lead >= 0xf0 && lead < 0xf5
              ? 4
              : 0;
    if (width === 0 || lead === 0x7f || (lead < 0x20 && lead !== 0x09 && lead !== 0x0a && lead !== 0x0d)) return false;
    for (let i = at + 1; i < at + width && i < bytes.length; i++)
      if (((bytes[i] as number) & 0xc0) !== 0x80) return false;
    at += width;
  }
  return true;
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
