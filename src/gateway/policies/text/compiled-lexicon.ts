import { decodePacked, encodePacked } from './packed-file.js';
import type { TrieTables } from './phrase-trie.js';

/** The lexicons of a policy as one trie; what its values mean as lists of concepts. */
export interface CompiledLexicon {
  readonly tables: TrieTables;
  /** By value: indexes into the policy's concepts. */
  readonly meanings: readonly Uint8Array[];
}

const FORMAT = 'kt-lexicon-2';

/** @param concepts of the policy, in the order that the meanings speak of. */
export function encodeLexicon({ tables, meanings }: CompiledLexicon, concepts: readonly string[]): Buffer {
  const bytes = Object.entries(tables).map(
    ([name, table]: [string, Uint8Array | Uint16Array | Uint32Array]): [string, Uint8Array] => [
      name,
      new Uint8Array(table.buffer, table.byteOffset, table.byteLength),
    ],
  );
  const about = { concepts, meanings: meanings.map((meaning) => [...meaning]) };
  return encodePacked(FORMAT, { about, sections: new Map(bytes) });
}

/**
 * @param concepts of this build.
 * @param name of the file, for messages.
 * @throws Error when the file is damaged, or was compiled for other concepts.
 */
export function decodeLexicon(file: Uint8Array, concepts: readonly string[], name: string): CompiledLexicon {
  const { about, sections } = decodePacked(FORMAT, file, name);
  const { meanings } = about;
  if (JSON.stringify(about['concepts']) !== JSON.stringify(concepts) || !Array.isArray(meanings)) {
    throw new Error(`${name}: was compiled for other concepts; compile it again`);
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
      whole: new Uint16Array(section('whole')),
      stems: new Uint16Array(section('stems')),
      marks: new Uint8Array(section('marks')),
    },
    meanings: meanings.map((meaning: number[]) => Uint8Array.from(meaning)),
  };
}
