import { decodeLexicon, encodeLexicon, type CompiledLexicon } from '../text/compiled-lexicon.js';
import { readModelFile } from '../text/packed-file.js';
import { CONCEPTS } from './concepts.js';

/** What `npm run generate` writes from the lexicons: to compile them takes a quarter of a second, to read them a few milliseconds. */
export const LEXICON_FILE = 'safety-lexicon.bin';

/** Reads and verifies the shipped lexicon. @throws Error when it is damaged or older than the concepts of this build. */
export function loadLexicon(): CompiledLexicon {
  return decodeLexicon(readModelFile(import.meta.url, LEXICON_FILE), CONCEPTS, LEXICON_FILE);
}

export function packLexicon(lexicon: CompiledLexicon): Buffer {
  return encodeLexicon(lexicon, CONCEPTS);
}
