import { decodePacked, encodePacked, readModelFile } from '../text/packed-file.js';
import type { TrieTables } from '../text/phrase-trie.js';
import { CONCEPTS } from './concepts.js';

/** All lexicons as one trie; what its values mean as lists of concepts. */
export interface CompiledLexicon {
  readonly tables: TrieTables;
  /** By value: indexes into `CONCEPTS`. */
  readonly meanings: readonly Uint8Array[];
}

const FORMAT = 'kt-lexicon-1';
const FILE = 'lexicon.bin';

/** Reads and verifies the shipped lexicon. @throws Error when it is damaged or older than the concepts of this build. */
export function loadLexicon(): CompiledLexicon {
  return decodeLexicon(readModelFile(import.meta.url, FILE), FILE);
}

export function encodeLexicon({ tables, meanings }: CompiledLexicon): Buffer {
  const bytes = Object.entries(tables).map(
    ([name, table]: [string, Uint16Array | Uint32Array]): [string, Uint8Array] => [
      name,
      new Uint8Array(table.buffer, table.byteOffset, table.byteLength),
    ],
  );
  const about = { concepts: CONCEPTS, meanings: meanings.map((meaning) => [...meaning]) };
  return encodePacked(FORMAT, { about, sections: new Map(bytes) });
}

/** @param name of the file, for messages. */
export function decodeLexicon(file: Uint8Array, name: string): CompiledLexicon {
  const { about, sections } = decodePacked(FORMAT, file, name);
  const { concepts, meanings } = about;
  if (JSON.stringify(concepts) !== JSON.stringify(CONCEPTS) || !Array.isArray(meanings)) {
    throw new Error(`${name}: was compiled for other concepts; run 'npm run train'`);
  }
  const section = (title: string): ArrayBufferLike => {
    const bytes = sections.get(title);
    if (bytes === undefined) throw new Error(`${name}: lacks ${title}`);
    return bytes.buffer;
  };
  return {
    tables: {
      edgeStarts: new Uint32Array(section('edgeStarts')),
      edgeUnits: new Uint16Array(section('edgeUnits')),
      edgeNodes: new Uint32Array(section('edgeNodes')),
      whole: new Uint16Array(section('whole')),
      stems: new Uint16Array(section('stems')),
    },
    meanings: meanings.map((meaning: number[]) => Uint8Array.from(meaning)),
  };
}
