// A shipped artefact: one line of JSON, then the bytes of its sections. The checksum in the line covers the bytes and is
// verified before any is used: a file that was cut or edited does not load.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { isObject } from '../../../core/json.js';

export interface PackedFile {
  readonly about: Readonly<Record<string, unknown>>;
  readonly sections: ReadonlyMap<string, Uint8Array>;
}

/** The same content gives the same bytes. */
export function encodePacked(format: string, { about, sections }: PackedFile): Buffer {
  const body = Buffer.concat([...sections.values()]);
  const lengths = Array.from(sections, ([name, bytes]) => [name, bytes.byteLength]);
  const header = { format, sha256: createHash('sha256').update(body).digest('hex'), sections: lengths, about };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), body]);
}

/**
 * Each section comes with memory of its own, so that it may be viewed as wider numbers.
 * @param name of the file, for messages.
 * @throws Error when the file is not of the format, or the checksum or a length differs.
 */
export function decodePacked(format: string, file: Uint8Array, name: string): PackedFile {
  const newline = file.indexOf(0x0a);
  const header = readHeader(file.subarray(0, Math.max(0, newline)));
  if (header?.['format'] !== format || !Array.isArray(header['sections'])) {
    throw new Error(`${name}: not a file of format ${format}`);
  }
  const body = file.subarray(newline + 1);
  const found = createHash('sha256').update(body).digest('hex');
  if (found !== header['sha256']) {
    throw new Error(`${name}: checksum is ${found}, the header says ${String(header['sha256'])}`);
  }
  const sections = new Map<string, Uint8Array>();
  let at = 0;
  for (const [section, length] of header['sections'] as [string, number][]) {
    sections.set(section, new Uint8Array(body.subarray(at, at + length)));
    at += length;
  }
  if (at !== body.length) throw new Error(`${name}: sections add up to ${at} bytes, got ${body.length}`);
  return { about: isObject(header['about']) ? header['about'] : {}, sections };
}

/**
 * Reads a file of the folder `model` that lies beside a module, or, when modules are bundled into chunks, beside their folder.
 * @param module `import.meta.url` of the module that the file belongs to.
 */
export function readModelFile(module: string, name: string): Buffer {
  const beside = new URL(`./model/${name}`, module);
  return readFileSync(existsSync(beside) ? beside : new URL(`../model/${name}`, module));
}

function readHeader(line: Uint8Array): Record<string, unknown> | undefined {
  try {
    const header: unknown = JSON.parse(Buffer.from(line).toString());
    return isObject(header) ? header : undefined;
  } catch {
    return undefined;
  }
}
