import * as lexicons from '../text/compiled-lexicon.js';
import { readModelFile } from '../text/packed-file.js';
import { CONCEPTS } from './concepts.js';

export type { CompiledLexicon } from '../text/compiled-lexicon.js';

const FILE = 'lexicon.bin';

/** Reads and verifies the shipped lexicon. @throws Error when it is damaged or older than the concepts of this build. */
export function loadLexicon(): lexicons.CompiledLexicon {
  return decodeLexicon(readModelFile(import.meta.url, FILE), FILE);
}

export function encodeLexicon(lexicon: lexicons.CompiledLexicon): Buffer {
  return lexicons.encodeLexicon(lexicon, CONCEPTS);
}

/** @param name of the file, for messages. */
export function decodeLexicon(file: Uint8Array, name: string): lexicons.CompiledLexicon {
  return lexicons.decodeLexicon(file, CONCEPTS, name);
}
