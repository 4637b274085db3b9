import { open, type FileHandle } from 'node:fs/promises';
import { loadPolicyConfig, type LoadedPolicyConfig, type RefusedPolicyConfig } from './load-policy-config.js';
import { MAX_SOURCE_CHARACTERS, type Source } from './parse-yaml.js';
import type { Problem, ProblemCode } from './problem.js';

/** UTF-8 takes at most three bytes for a UTF-16 unit. */
const MAX_SOURCE_BYTES = 3 * MAX_SOURCE_CHARACTERS;

/** Reads and loads the configuration of one file or several; a file that cannot be read is a problem like any other. */
export async function readPolicyConfig(paths: readonly string[]): Promise<LoadedPolicyConfig | RefusedPolicyConfig> {
  const { sources, problems } = await readSources(paths);
  return problems.length > 0 ? { problems } : loadPolicyConfig(sources);
}

export interface ReadSources {
  readonly sources: readonly Source[];
  readonly problems: readonly Problem[];
}

/**
 * The texts of the files.
 * @param stdin is read where a path is `-`.
 */
export async function readSources(paths: readonly string[], stdin?: AsyncIterable<Uint8Array>): Promise<ReadSources> {
  const contents = await Promise.all(
    paths.map((path) => (path === '-' && stdin !== undefined ? decode('<stdin>', stdin) : readFile(path))),
  );
  return {
    sources: contents.flatMap((content) => ('text' in content ? content : [])),
    problems: contents.flatMap((content) => ('code' in content ? content : [])),
  };
}

async function readFile(path: string): Promise<Source | Problem> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    return await decode(path, file.createReadStream({ autoClose: false }));
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return problemOf(path, 'unreadable', REASONS[String(error.code)] ?? String(error.code));
  } finally {
    await file?.close();
  }
}

const REASONS: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'the file may not be read by this user',
  EISDIR: 'expected a file, got a directory',
};

async function decode(name: string, chunks: AsyncIterable<Uint8Array>): Promise<Source | Problem> {
  const read: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    read.push(chunk);
    length += chunk.length;
    // Leaving the loop closes the stream: no file, not even an endless one, fills the memory.
    if (length > MAX_SOURCE_BYTES) return problemOf(name, 'too_large', `expected at most ${MAX_SOURCE_BYTES} bytes`);
  }
  try {
    return { name, text: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(read)) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return problemOf(name, 'bad_encoding', 'expected UTF-8');
  }
}

function problemOf(file: string, code: ProblemCode, message: string): Problem {
  return { code, severity: 'error', file, line: 1, column: 1, path: '', message };
}
