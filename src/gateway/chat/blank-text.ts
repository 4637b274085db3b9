/** True when nothing but white space is left to read. Upstreams refuse such text blocks. */
export function isBlank(text: string): boolean {
  return !/\S/.test(text);
}
