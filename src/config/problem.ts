/** Where in which file: both from 1; the column counts UTF-16 units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Members and indexes that lead from the document to a value: `['providers', 'targets', 0, 'weight']`. */
export type Path = readonly (string | number)[];

/** An error makes a configuration unusable; a warning is worth its author's attention. */
export type Severity = 'error' | 'warning';

/** What can be wrong with a configuration. A code keeps its meaning: people filter by it. */
export const PROBLEM_CODES = {
  unreadable: 'The file cannot be read.',
  too_large: 'The file, or what its aliases expand to, is larger or deeper than a configuration can be.',
  bad_encoding: 'The file is not UTF-8.',
  yaml_syntax: 'The file is not YAML 1.2.',
  yaml_duplicate_key: 'A key stands twice in one map.',
  yaml_key: 'A key is not a plain text.',
  yaml_alias: 'An alias refers to no anchor before it, or to what it stands in.',
  yaml_merge: 'A merge key (`<<`) has a value that is not a map.',
  yaml_tag: 'A value has a tag that configurations do not use.',
  unknown_field: 'The field does not exist.',
  missing_field: 'A field that is needed is missing.',
  wrong_type: 'The value is of another type than the field.',
  out_of_range: 'The value, its length or its number of entries is too small or too large.',
  not_one_of: 'The value is none of those that the field knows.',
  bad_format: 'The value is not written as the field asks.',
  duplicate: 'A name that must be unique stands twice.',
  unknown_target: 'No target has this id.',
  unknown_entity: 'No type of personal data has this name.',
  provider_mismatch: 'A field and the provider of its target do not go together.',
  forbidden_header: 'The header belongs to the gateway.',
  bad_url: 'The URL cannot be used.',
  insecure_url: 'The URL would send prompts or credentials in the clear.',
  incomplete_credentials: 'Credentials are named in part only.',
  only_in_policy_pack: 'The field works in a PolicyPack only.',
  bad_pattern: 'The pattern is not a regular expression that runs in linear time.',
  contradiction: 'Two fields contradict each other.',
  never_compliant: 'A requirement leaves out a target that is listed.',
  no_compliant_target: 'A requirement leaves no target at all.',
  unreachable_target: 'Requests hardly ever reach the target.',
  unused_field: 'The field has no effect as things are.',
  not_built: 'This version of the gateway does not obey the field yet.',
  not_usable: 'The configuration asks for something that is not to be had here: a key, a directory, a disk.',
} as const;

export type ProblemCode = keyof typeof PROBLEM_CODES;

/** Something wrong with a configuration, and where. Holds no value that could be a secret. */
export interface Problem extends Place {
  readonly code: ProblemCode;
  readonly severity: Severity;
  /** As people write it: `providers.targets[0].weight`; empty for the whole document. */
  readonly path: string;
  readonly message: string;
  readonly suggestion?: string;
}

/** A problem of a value, before it is known where the value stands. */
export interface Finding {
  readonly code: ProblemCode;
  readonly severity: Severity;
  readonly path: Path;
  readonly message: string;
  readonly suggestion?: string;
  /** The problem is that the field stands there, whatever its value: points at the key. */
  readonly atKey?: boolean;
}

/** `providers.targets[0].headers["x.y"]` */
export function formatPath(path: Path): string {
  return path
    .map((step, i) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!/^[\w$*-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
      return i === 0 ? step : `.${step}`;
    })
    .join('');
}
