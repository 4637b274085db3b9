import { dataRequirements } from '../data-requirements.js';
import type { PolicyConfig, Target } from '../policy-config.js';
import type { Finding } from '../problem.js';
import { isOfferedIn, isWithin, placeOfModel, residencyBreach } from '../residency.js';
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

function* residency(
  { data_residency, aws_region, model, base_model, base_url }: Target,
  i: number,
): Generator<Finding> {
  const place = placeOfModel(model);
  if (aws_region !== undefined && place.kind === 'profile' && !isOfferedIn(place.geography, aws_region)) {
    const message = `\`${model}\` is an inference profile that is not offered in ${aws_region}`;
    yield warning('never_compliant', [...targetPath(i), 'model'], message);
  }
  if (data_residency === undefined) return;
  const { regions } = data_residency;
  const allowed = regions.join(', ');
  if (aws_region !== undefined && !isWithin(aws_region, regions)) {
    yield error(
      'contradiction',
      [...targetPath(i), 'aws_region'],
      `is outside \`data_residency.regions\` (${allowed})`,
      {
        suggestion: 'choose a region within, or add this one',
      },
    );
  }
  // Whatever the region is in the end, the model and the endpoint must stay within.
  const host = URL.parse(base_url ?? '')?.hostname;
  const breach = residencyBreach({ model, base_model, region: regions[0], host }, regions);
  if (breach !== undefined) {
    yield error('contradiction', [...targetPath(i), 'model'], `\`data_residency.regions\` (${allowed}): ${breach}`, {
      suggestion: 'use the model id itself, or a profile of a geography that is named there',
    });
  }
}

function* requirements(config: PolicyConfig): Generator<Finding> {
  const { targets } = config.providers;
  for (const { path, text, isMetBy } of dataRequirements(config)) {
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
