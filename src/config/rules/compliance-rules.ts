import type { PolicyConfig, Target } from '../policy-config.js';
import type { Finding } from '../problem.js';
import { error, warning, type Rule } from './rule.js';
import { targetPath } from './target-rules.js';

/** Requirements on the handling of data that no target, or not every target, can satisfy. */
export const complianceRules: Rule = function* ({ config }) {
  for (const [i, target] of config.providers.targets.entries()) {
    yield* declaration(target, i);
    yield* residency(target, i);
  }
  yield* requirements(config);
};

function* declaration({ data_policy }: Target, i: number): Generator<Finding> {
  if (data_policy?.zero_data_retention !== true || (data_policy.retention_days ?? 0) === 0) return;
  const message = `\`zero_data_retention: true\` means 0, got ${data_policy.retention_days}`;
  yield error('contradiction', [...targetPath(i), 'data_policy', 'retention_days'], message);
}

/**
 * Regions that a geography's cross-region inference profiles may choose from.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
 */
const PROFILE_GEOGRAPHIES: Record<string, RegExp> = {
  us: /^us(-(east|west)-\d)?$/,
  'us-gov': /^us-gov(-|$)/,
  ca: /^(ca|us)(-|$)/,
  eu: /^eu(-|$)/,
  apac: /^ap(ac)?(-|$)/,
  jp: /^(jp|ap-northeast)(-|$)/,
  au: /^(au|ap-southeast)(-|$)/,
  sa: /^sa(-|$)/,
};

function* residency({ data_residency, aws_region, model }: Target, i: number): Generator<Finding> {
  const profile = /^(?:arn:[^/]*:inference-profile\/)?([a-z]{2,6}(?:-gov)?)\.[a-z0-9-]+\./.exec(model)?.[1];
  const geography = profile === undefined ? undefined : PROFILE_GEOGRAPHIES[profile];
  if (aws_region !== undefined && geography !== undefined && !geography.test(aws_region)) {
    const message = `\`${model}\` is an inference profile that is not offered in ${aws_region}`;
    yield warning('never_compliant', [...targetPath(i), 'model'], message);
  }
  if (data_residency === undefined) return;
  const { regions } = data_residency;
  const allowed = regions.join(', ');
  if (
    aws_region !== undefined &&
    !regions.some((region) => aws_region === region || aws_region.startsWith(`${region}-`))
  ) {
    yield error(
      'contradiction',
      [...targetPath(i), 'aws_region'],
      `is outside \`data_residency.regions\` (${allowed})`,
      {
        suggestion: 'choose a region within, or add this one',
      },
    );
  }
  const staysWithin = geography !== undefined && regions.some((region) => geography.test(region));
  if (profile === 'global' || (geography !== undefined && !staysWithin)) {
    const message = `this inference profile may leave \`data_residency.regions\` (${allowed})`;
    yield error('contradiction', [...targetPath(i), 'model'], message, {
      suggestion: 'use the model id itself, or a profile of that geography',
    });
  }
}

interface Requirement {
  readonly path: readonly string[];
  readonly text: string;
  isMetBy(this: void, target: Target): boolean;
}

function requirementsOf({ providers, policies, policy }: PolicyConfig): Requirement[] {
  const routing = policies.chain.includes('data-routing-policy') ? policy['data-routing-policy'] : undefined;
  const at = ['policy', 'data-routing-policy'];
  const days = routing?.max_retention_days;
  const declaresZero = ({ data_policy }: Target) => data_policy?.zero_data_retention === true;
  const rows: (Requirement | false)[] = [
    providers.zero_data_retention && {
      path: ['providers', 'zero_data_retention'],
      text: '`data_policy: {zero_data_retention: true}`',
      isMetBy: declaresZero,
    },
    routing?.require_zero_data_retention === true && {
      path: [...at, 'require_zero_data_retention'],
      text: '`data_policy: {zero_data_retention: true}`',
      isMetBy: declaresZero,
    },
    routing?.require_no_training === true && {
      path: [...at, 'require_no_training'],
      text: '`data_policy: {training_opt_out: true}`',
      isMetBy: ({ data_policy }) => data_policy?.training_opt_out === true,
    },
    days !== undefined && {
      path: [...at, 'max_retention_days'],
      text: `\`data_policy: {retention_days: …}\` of at most ${days}`,
      isMetBy: (target) => declaresZero(target) || (target.data_policy?.retention_days ?? Infinity) <= days,
    },
  ];
  return rows.filter((row) => row !== false);
}

function* requirements(config: PolicyConfig): Generator<Finding> {
  const { targets } = config.providers;
  for (const { path, text, isMetBy } of requirementsOf(config)) {
    const failing = targets.flatMap((target, i) => (isMetBy(target) ? [] : [i]));
    if (failing.length === targets.length) {
      const message = `no target declares ${text}, so every request would be refused`;
      yield error('no_compliant_target', path, message, {
        suggestion: `declare it on the targets for which it is true`,
      });
      continue;
    }
    for (const i of failing) {
      const message = `is never used: \`${path.join('.')}\` asks for ${text}`;
      yield warning('never_compliant', targetPath(i), message);
    }
  }
}
