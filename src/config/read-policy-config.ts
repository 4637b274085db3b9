import { open, type FileHandle } from 'node:fs/promises';
import { loadPolicyConfig, type LoadedPolicyConfig, type RefusedPolicyConfig } from './load-policy-config.js';
import { MAX_SOURCE_CHARACTERS, type Source } from './parse-yaml.js';
import type { Problem } from './problem.js';

/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const MAX_SOURCE_BYTES = 3 * MAX_SOURCE_CHARACTERS;

/**
 * Reads and loads the configuration of one file or several.
 * @throws the file system's error for a file that cannot be read.
 */
export async function readPolicyConfig(paths: readonly string[]): Promise<LoadedPolicyConfig | RefusedPolicyConfig> {
  const contents = await Promise.all(paths.map(async (path) => decodeSource(path, await readBytes(path))));
  const problems = contents.flatMap((content) => ('code' in content ? [content] : []));
  if (problems.length > 0) return { problems };
  return loadPolicyConfig(contents.flatMap((content) => ('text' in content ? [content] : [])));
}

/** The text in `bytes`, or why there is none. */
export function decodeSource(name: string, bytes: Uint8Array): Source | Problem {
  const problem = { severity: 'error', file: name, line: 1, column: 1, path: '' } as const;
  if (bytes.length > MAX_SOURCE_BYTES) {
    return { ...problem, code: 'too_large', message: `expected at most ${MAX_SOURCE_BYTES} bytes` };
  }
  try {
    return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { ...problem, code: 'bad_encoding', message: 'expected UTF-8' };
  }
}

/** At most one byte more than a configuration may have, so that no file, not even an endless one, fills the memory. */
async function readBytes(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    return await readAtMost(file, MAX_SOURCE_BYTES + 1);
  } finally {
    await file.close();
  }
}

async function readAtMost(file: FileHandle, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < limit) {
    const { bytesRead, buffer } = await file.read(new Uint8Array(Math.min(65_536, limit - length)));
    if (bytesRead === 0) break;
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
  }
  return Buffer.concat(chunks);
}
