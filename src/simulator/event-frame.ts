// `application/vnd.amazon.eventstream`: 4 bytes total length, 4 bytes length of the headers, CRC-32 of these eight, headers,
// payload, CRC-32 of all before it; everything big-endian.
// https://docs.aws.amazon.com/AmazonS3/latest/API/RESTSelectObjectAppendix.html (the same framing), https://smithy.io/2.0/aws/amazon-eventstream.html
import { crc32 } from 'node:zlib';

const PRELUDE_BYTES = 12;
const CRC_BYTES = 4;
/** Type byte of a header whose value is a string with a 16-bit length. */
const STRING = 7;

export type FrameHeaders = Readonly<Record<string, string>>;

/** A message that carries one event of the stream. */
export function eventFrame(eventType: string, payload: unknown): Buffer {
  return frame(
    { ':event-type': eventType, ':content-type': 'application/json', ':message-type': 'event' },
    Buffer.from(JSON.stringify(payload)),
  );
}

/** A message that ends the stream with an exception the API declares, or with one it does not. */
export function exceptionFrame(exceptionType: string, message: string): Buffer {
  return frame(
    { ':exception-type': exceptionType, ':content-type': 'application/json', ':message-type': 'exception' },
    Buffer.from(JSON.stringify({ message })),
  );
}

/** A message that ends the stream with an error outside the model: it has no payload. */
export function errorFrame(code: string, message: string): Buffer {
  return frame({ ':message-type': 'error', ':error-code': code, ':error-message': message }, Buffer.alloc(0));
}

export function frame(headers: FrameHeaders, payload: Uint8Array): Buffer {
  const encoded = Buffer.concat(Object.entries(headers).map(([name, value]) => header(name, value)));
  const bytes = Buffer.alloc(PRELUDE_BYTES + encoded.length + payload.length + CRC_BYTES);
  bytes.writeUInt32BE(bytes.length, 0);
  bytes.writeUInt32BE(encoded.length, 4);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 8)), 8);
  bytes.set(encoded, PRELUDE_BYTES);
  bytes.set(payload, PRELUDE_BYTES + encoded.length);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, -CRC_BYTES)), bytes.length - CRC_BYTES);
  return bytes;
}

/** The same message with one checksum wrong. */
export function withBadCrc(bytes: Uint8Array, which: 'prelude' | 'message'): Buffer {
  const broken = Buffer.from(bytes);
  const at = which === 'prelude' ? PRELUDE_BYTES - 1 : broken.length - 1;
  broken.writeUInt8(broken.readUInt8(at) ^ 0xff, at);
  return broken;
}

function header(name: string, value: string): Buffer {
  const nameLength = Buffer.byteLength(name);
  const valueLength = Buffer.byteLength(value);
  const bytes = Buffer.alloc(1 + nameLength + 1 + 2 + valueLength);
  bytes.writeUInt8(nameLength, 0);
  bytes.write(name, 1);
  bytes.writeUInt8(STRING, 1 + nameLength);
  bytes.writeUInt16BE(valueLength, 2 + nameLength);
  bytes.write(value, 4 + nameLength);
  return bytes;
}
