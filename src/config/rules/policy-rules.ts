import { didYouMean } from '../did-you-mean.js';
import type { PolicyKind } from '../policy-config.js';
import type { Finding, Path } from '../problem.js';
import { schemaAt } from '../schema-node.js';
import { patternFindings } from './pattern.js';
import { duplicates, error, warning, type Rule, type RuleContext } from './rule.js';

/** The chain, and the settings of each kind of policy. */
export const policyRules: Rule = function* (context) {
  yield* chain(context);
  yield* attackPatterns(context);
  yield* detectPatterns(context);
  yield* entities(context);
  yield* redaction(context);
  yield* fuzziness(context);
  yield* audit(context);
};

function at(kind: PolicyKind, ...below: Path): Path {
  return ['policy', kind, ...below];
}

function* chain({ config: { policies, policy }, isWritten }: RuleContext): Generator<Finding> {
  for (const [i, kind] of policies.chain.entries()) {
    if (policy[kind] !== undefined) continue;
    const message = `\`${kind}\` has no defaults to work with`;
    yield error('missing_field', ['policies', 'chain', i], message, {
      suggestion: `add \`policy.${kind}\` with \`id\` and \`version\``,
    });
  }
  for (const kind of Object.keys(policy) as PolicyKind[]) {
    if (policies.chain.includes(kind) || !isWritten(at(kind))) continue;
    yield warning('unused_field', at(kind), `the chain does not contain \`${kind}\``, {
      atKey: true,
      suggestion: 'add it to `policies.chain`, or leave the block out',
    });
  }
}

function* attackPatterns({ config: { policy } }: RuleContext): Generator<Finding> {
  for (const [i, pattern] of policy['prompt-injection'].attack_patterns.entries()) {
    yield* patternFindings(at('prompt-injection', 'attack_patterns', i), pattern);
  }
}

function* detectPatterns({ config: { policy } }: RuleContext): Generator<Finding> {
  const patterns = policy['pii-detector'].detect_patterns.map((entry, i) => ({
    ...entry,
    path: at('pii-detector', 'detect_patterns', i),
  }));
  for (const { name, pattern, path } of patterns) {
    yield* patternFindings([...path, 'pattern'], pattern);
    if (builtInEntities().includes(name)) {
      yield error('duplicate', [...path, 'name'], `\`${name}\` is a built-in type`, {
        suggestion: 'choose another name',
      });
    }
  }
  yield* duplicates(patterns.map(({ name, path }) => ({ name, path: [...path, 'name'] })));
}

function* entities({ config: { policy }, isWritten }: RuleContext): Generator<Finding> {
  const { entities: wanted, exclude, detect_patterns } = policy['pii-detector'];
  if (wanted === undefined) return;
  for (const [i, entity] of exclude.entries()) {
    const path = at('pii-detector', 'exclude', i);
    if (!wanted.includes(entity))
      yield warning('unused_field', path, `\`entities\` does not name \`${entity}\` anyway`);
  }
  if (wanted.every((entity) => exclude.includes(entity)) && detect_patterns.length === 0) {
    yield error('contradiction', at('pii-detector', 'exclude'), '`exclude` leaves nothing of `entities`', {
      atKey: true,
    });
  }
  for (const mode of ['pci_mode', 'healthcare_mode'] as const) {
    if (!policy['pii-detector'][mode] || !isWritten(at('pii-detector', mode))) continue;
    yield warning(
      'unused_field',
      at('pii-detector', mode),
      'adds to the default set, but `entities` stands in its place',
      {
        atKey: true,
      },
    );
  }
}

function* redaction({ config: { policy }, isWritten }: RuleContext): Generator<Finding> {
  const { action, detect_patterns, redaction: settings } = policy['pii-detector'];
  const { marker_format, preserve_length, custom_markers, hash_key_env } = settings;
  const path = at('pii-detector', 'redaction');
  if (marker_format === 'hash' && hash_key_env === undefined) {
    yield error(
      'missing_field',
      [...path, 'hash_key_env'],
      '`marker_format: hash` needs the variable that holds its key',
      {
        suggestion: 'an unkeyed hash of a phone number is undone by trying them all',
      },
    );
  }
  const known = [...builtInEntities(), ...detect_patterns.map(({ name }) => name)];
  for (const name of Object.keys(custom_markers)) {
    if (known.includes(name)) continue;
    const meant = didYouMean(name, known);
    yield error(
      'unknown_entity',
      [...path, 'custom_markers', name],
      'neither a built-in type nor one of `detect_patterns`',
      {
        atKey: true,
        ...(meant === undefined ? {} : { suggestion: `did you mean \`${meant}\`?` }),
      },
    );
  }
  const idle = [
    action !== 'redact' && isWritten(path) && { path, why: `\`action: ${action}\` replaces nothing` },
    marker_format !== 'hash' &&
      hash_key_env !== undefined && { path: [...path, 'hash_key_env'], why: 'is used by `marker_format: hash` only' },
    preserve_length &&
      !['mask', 'partial'].includes(marker_format) && {
        path: [...path, 'preserve_length'],
        why: 'is used by `marker_format: mask` and `partial` only',
      },
    marker_format !== 'label' &&
      Object.keys(custom_markers).length > 0 && {
        path: [...path, 'custom_markers'],
        why: 'is used by `marker_format: label` only',
      },
  ].filter((row) => row !== false);
  for (const { path: unused, why } of idle) yield warning('unused_field', unused, why, { atKey: true });
}

function* fuzziness({ config: { policy }, isWritten }: RuleContext): Generator<Finding> {
  const { fuzzy_matching, block_if } = policy['safety-filter'];
  const path = at('safety-filter', 'max_distance');
  if (!fuzzy_matching && isWritten(path)) {
    yield warning('unused_field', path, 'is used with `fuzzy_matching: true` only', { atKey: true });
  }
  if (fuzzy_matching && block_if.length === 0) {
    const message = 'there are no terms in `block_if` to match';
    yield warning('unused_field', at('safety-filter', 'fuzzy_matching'), message, { atKey: true });
  }
}

function* audit({ config: { policy }, form, isWritten }: RuleContext): Generator<Finding> {
  const { sink, immutable, on_failure } = policy['audit-logger'];
  if (immutable && on_failure === 'continue') {
    const message = '`immutable: true` refuses traffic while a record cannot be written';
    yield error('contradiction', at('audit-logger', 'on_failure'), message, { suggestion: 'leave one of the two out' });
  }
  if (immutable && sink === 'stdout') {
    const message = '`immutable: true` needs a sink that keeps what it is given';
    yield error('contradiction', at('audit-logger', 'sink'), message, { suggestion: 'choose `sink: file`' });
  }
  if (sink === 'forward' && form === 'file') {
    yield error('only_in_policy_pack', at('audit-logger', 'sink'), 'there is no collector outside a cluster', {
      suggestion: 'choose `sink: file` or `sink: stdout`',
    });
  }
  for (const field of ['directory', 'retention_days'] as const) {
    if (sink !== 'stdout' || !isWritten(at('audit-logger', field))) continue;
    yield warning('unused_field', at('audit-logger', field), '`sink: stdout` keeps nothing', { atKey: true });
  }
}

function builtInEntities(): readonly string[] {
  return schemaAt(['policy', 'pii-detector', 'entities', 0])?.enum ?? [];
}
