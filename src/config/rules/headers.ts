/** Headers that the gateway sets itself: they address, authenticate, or describe the body. */
const OWN = new Set([
  'host',
  'authorization',
  'connection',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'keep-alive',
  'proxy-connection',
  'http2-settings',
]);

/** Header names are compared without their case. `__proto__` is no header anyone means. */
export function isGatewaysHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return OWN.has(lower) || lower.startsWith('content-') || lower.startsWith('x-amz-') || lower === '__proto__';
}
