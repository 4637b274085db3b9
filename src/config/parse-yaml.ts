import { isScalar, LineCounter, parseDocument } from 'yaml';
import type { Located } from './located.js';
import type { Place, Problem, ProblemCode } from './problem.js';
import { YamlConversion } from './yaml-conversion.js';

/** One file of a configuration. */
export interface Source {
  /** As problems shall name it. */
  readonly name: string;
  readonly text: string;
}

/** Room for 32 targets with every field and 1,000 keys; keeps the most hostile text to seconds of parsing. */
export const MAX_SOURCE_CHARACTERS = 262_144;

/**
 * Reads one YAML 1.2 document (core schema). Anchors and aliases work, and so does the merge key `<<` of YAML 1.1: its
 * map, or maps, give what the map around it does not say itself, the earlier before the later. Refused are a key that
 * stands twice, tags, keys that are no scalars, and anything that expands to more than a configuration can be.
 * Never throws for what is in the text; when there are problems there is no root.
 */
export function parseYaml({ name, text }: Source): { readonly root?: Located; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const lineCounter = new LineCounter();
  const placeAt = (offset: number | undefined): Place => {
    const { line, col } = lineCounter.linePos(offset ?? 0);
    return { file: name, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const complain = (code: ProblemCode, place: Place, message: string, suggestion?: string): void => {
    const hint = suggestion === undefined ? {} : { suggestion };
    problems.push({ ...place, code, severity: 'error', path: '', message, ...hint });
  };

  if (text.length > MAX_SOURCE_CHARACTERS) {
    complain('too_large', placeAt(0), `expected at most ${MAX_SOURCE_CHARACTERS} characters, got ${text.length}`);
    return { problems };
  }
  // Keys are compared by us: the composer's own check takes time quadratic in the number of keys.
  const document = parseDocument(text, { lineCounter, uniqueKeys: false, prettyErrors: false });
  const { contents, directives, errors } = document;
  if (errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) {
    complain('too_large', placeAt(0), 'expected fewer levels');
    return { problems };
  }
  for (const { pos, message } of errors) complain('yaml_syntax', placeAt(pos[0]), message.slice(0, 200));
  if (directives.yaml.explicit === true && directives.yaml.version !== '1.2') {
    complain('yaml_syntax', placeAt(0), `expected YAML 1.2, got ${directives.yaml.version}`);
  }
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    complain('missing_field', placeAt(0), 'the file is empty', 'kt init writes one to begin with');
  }
  if (problems.length > 0) return { problems };

  const root = new YamlConversion(placeAt, complain).convert(contents, placeAt(0));
  return problems.length > 0 ? { problems } : { root, problems };
}
