import type { Finding, Path, ProblemCode } from '../problem.js';
import type { PolicyConfig } from '../policy-config.js';

/** Where a document comes from; some fields have a meaning in a cluster only. */
export type DocumentForm = 'file' | 'policy-pack';

export interface RuleContext {
  /** With its defaults filled in. */
  readonly config: PolicyConfig;
  readonly form: DocumentForm;
  /** Whether the author wrote something at `path`, or left it to a default. */
  isWritten(this: void, path: Path): boolean;
}

/** What the schema cannot say: how fields go together. */
export type Rule = (context: RuleContext) => Iterable<Finding>;

type Hint = Pick<Finding, 'suggestion' | 'atKey'>;

export function error(code: ProblemCode, path: Path, message: string, hint: Hint = {}): Finding {
  return { code, severity: 'error', path, message, ...hint };
}

export function warning(code: ProblemCode, path: Path, message: string, hint: Hint = {}): Finding {
  return { code, severity: 'warning', path, message, ...hint };
}

/** An entry whose name an earlier entry has already. */
export function* duplicates(names: readonly { readonly name: string; readonly path: Path }[]): Generator<Finding> {
  const seen = new Set<string>();
  for (const { name, path } of names) {
    if (seen.has(name)) yield error('duplicate', path, `the name \`${name}\` is taken by an earlier entry`);
    seen.add(name);
  }
}
