import type { PolicyConfig, Target } from './policy-config.js';

/** What a configuration asks of every target's `data_policy`. */
export interface DataRequirement {
  /** The field that asks. */
  readonly path: readonly string[];
  /** What a target must declare. */
  readonly text: string;
  isMetBy(this: void, target: Pick<Target, 'data_policy'>): boolean;
}

/** `providers.zero_data_retention`, and those of the policy `data-routing-policy` while it is in the chain. */
export function dataRequirements({
  providers,
  policies,
  policy,
}: Pick<PolicyConfig, 'policies' | 'policy'> & {
  readonly providers: Pick<PolicyConfig['providers'], 'zero_data_retention'>;
}): readonly DataRequirement[] {
  const routing = policies.chain.includes('data-routing-policy') ? policy['data-routing-policy'] : undefined;
  const at = ['policy', 'data-routing-policy'];
  const days = routing?.max_retention_days;
  const rows: (DataRequirement | false)[] = [
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

function declaresZero({ data_policy }: Pick<Target, 'data_policy'>): boolean {
  return data_policy?.zero_data_retention === true;
}
