// Base64 and data URLs of a caller's media. Node's decoder skips ASCII that is not base64 and cuts wider characters down to
// eight bits, so bytes are only believed when the text is ASCII and their number is what its length says. For 20 MB this
// takes half the time of a regular expression.

export interface DataUrl {
  /** Lower case, without parameters; empty when the URL names none. */
  readonly mime: string;
  readonly base64: string;
}

/** A MIME type with parameters is far shorter than this. */
const MAX_HEADER_LENGTH = 256;

/** Reads `data:<mime>[;parameters];base64,<data>`; `undefined` for any other text, such as a data URL without `;base64`. */
export function parseDataUrl(url: string): DataUrl | undefined {
  const head = url.slice(0, MAX_HEADER_LENGTH);
  const comma = head.indexOf(',');
  if (comma < 0 || !isDataUrl(url)) return undefined;
  const [mime = '', ...parameters] = head
    .slice('data:'.length, comma)
    .toLowerCase()
    .split(';')
    .map((word) => word.trim());
  return parameters.at(-1) === 'base64' ? { mime, base64: url.slice(comma + 1) } : undefined;
}

export function isDataUrl(url: string): boolean {
  return /^data:/i.test(url);
}

/**
 * The bytes, at least one; `undefined` when the text is not base64 with its padding. Line breaks are allowed: command line
 * tools put them in.
 */
export function decodeBase64(text: string): Uint8Array | undefined {
  const base64 = text.includes('\n') ? text.replace(/[\r\n]+/g, '') : text;
  if (base64 === '' || base64.length % 4 !== 0 || Buffer.byteLength(base64) !== base64.length) return undefined;
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0;
  const bytes = Buffer.from(base64, 'base64');
  return bytes.length === (base64.length / 4) * 3 - padding ? bytes : undefined;
}
