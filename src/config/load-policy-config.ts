import { deepFreeze } from '../core/deep-freeze.js';
import type { Json } from '../core/json.js';
import { isWritten, mergeLocated, placeOf, plainValue, type Located } from './located.js';
import { parseYaml, type Source } from './parse-yaml.js';
import type { PolicyConfig } from './policy-config.js';
import type { PolicyConfigDocument } from './policy-config-document.js';
import { validate } from './policy-config-validator.js';
import { formatPath, type Finding, type Path, type Place, type Problem } from './problem.js';
import { resolvePolicyConfig } from './resolve-policy-config.js';
import { revision } from './revision.js';
import { accessRules } from './rules/access-rules.js';
import { complianceRules } from './rules/compliance-rules.js';
import { policyRules } from './rules/policy-rules.js';
import { routingRules } from './rules/routing-rules.js';
import type { DocumentForm, Rule } from './rules/rule.js';
import { targetRules } from './rules/target-rules.js';
import { salvage } from './salvage.js';
import { schemaFindings } from './schema-findings.js';

export type { Source } from './parse-yaml.js';

/** A configuration that can be used, though there may be warnings about it. */
export interface LoadedPolicyConfig {
  /** With its defaults filled in; frozen. */
  readonly config: PolicyConfig;
  /** As its author wrote it, all files merged, without the defaults; frozen. */
  readonly document: PolicyConfigDocument;
  /** Of `document`, see revision.ts. */
  readonly revision: string;
  /** Warnings only. */
  readonly problems: readonly Problem[];
  /** Where `path` was written, or the nearest around it that was. */
  locate(this: void, path: Path, atKey?: boolean): Place;
}

/** A configuration with errors. */
export interface RefusedPolicyConfig {
  readonly config?: undefined;
  readonly document?: undefined;
  /** In the order of the files; at least one is an error. */
  readonly problems: readonly Problem[];
  /** What the files say, unchecked; `undefined` when they are not even YAML. */
  readonly written?: Json;
}

const RULES: readonly Rule[] = [policyRules, targetRules, routingRules, complianceRules, accessRules];

/** A file with more problems than this has one problem. */
const MAX_PROBLEMS = 100;

/**
 * Reads a configuration from one file or several: a later one is laid on those before it, map by map; lists and single
 * values replace what was there. Reports every problem at once, where it was written; throws for none of them.
 */
export function loadPolicyConfig(
  sources: readonly Source[],
  form: DocumentForm = 'file',
): LoadedPolicyConfig | RefusedPolicyConfig {
  if (sources.length === 0) throw new RangeError('a configuration has at least one source');
  const parsed = sources.map(parseYaml);
  const syntax = parsed.flatMap(({ problems }) => problems);
  const roots = parsed.flatMap(({ root }) => root ?? []);
  if (syntax.length > 0 || roots[0] === undefined) return { problems: syntax.slice(0, MAX_PROBLEMS) };

  const root = roots.slice(1).reduce<Located>(mergeLocated, roots[0]);
  const document = plainValue(root);
  const { findings, valid } = check(document, root, form);
  const order = new Map(sources.map(({ name }, i) => [name, i]));
  const problems = findings
    .map((finding) => toProblem(finding, root))
    .sort((a, b) => rank(a, order) - rank(b, order) || a.line - b.line || a.column - b.column)
    .slice(0, MAX_PROBLEMS);
  if (valid === undefined || findings.some(({ severity }) => severity === 'error'))
    return { problems, written: document };
  return {
    ...valid,
    revision: revision(valid.document),
    problems,
    locate: (path: Path, atKey?: boolean) => placeOf(root, path, atKey),
  };
}

interface Checked {
  readonly findings: readonly Finding[];
  readonly valid?: Pick<LoadedPolicyConfig, 'config' | 'document'>;
}

function check(document: Json, root: Located, form: DocumentForm): Checked {
  const invalid = validate(document) ? [] : schemaFindings(validate.errors ?? [], document);
  const salvaged = salvage(document, invalid);
  if (salvaged === undefined) return { findings: invalid };

  const config = resolvePolicyConfig(salvaged.document);
  const context = { config, form, isWritten: (path: Path) => isWritten(root, path) };
  const wrong = new Set(invalid.map(({ path }) => formatPath(path)));
  const incomplete = new Set(salvaged.incomplete.map(formatPath));
  const ruled = RULES.flatMap((rule) => [...rule(context)]).filter(
    ({ path }) => !wrong.has(formatPath(path)) && !incomplete.has(formatPath(path.slice(0, -1))),
  );
  return { findings: [...invalid, ...ruled], valid: { config, document: deepFreeze(salvaged.document) } };
}

function toProblem({ code, severity, path, message, suggestion, atKey }: Finding, root: Located): Problem {
  const hint = suggestion === undefined ? {} : { suggestion };
  return { code, severity, path: formatPath(path), ...placeOf(root, path, atKey), message, ...hint };
}

function rank({ file }: Problem, order: ReadonlyMap<string, number>): number {
  return order.get(file) ?? 0;
}
