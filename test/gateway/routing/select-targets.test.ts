import { expect } from 'chai';
import type { Strategy } from '../../../src/config/policy-config.js';
import { GatewayError } from '../../../src/gateway/chat/gateway-error.js';
import { modelNames, selectTargets, type RoutingRules } from '../../../src/gateway/routing/select-targets.js';

const SONNET = 'anthropic.claude-sonnet-4-20250514-v1:0';
const HAIKU = 'anthropic.claude-3-5-haiku-20241022-v1:0';

const TARGETS = [
  { id: 'us', model: `us.${SONNET}` },
  { id: 'eu', model: `eu.${SONNET}` },
  { id: 'plain', model: SONNET },
  { id: 'haiku', model: HAIKU },
  { id: 'arn', model: 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc' },
];

const GROUPS = [
  { name: 'smart', aliases: ['gpt-4o', 'o1'], targets: ['plain', 'haiku'] },
  { name: HAIKU, aliases: [], targets: ['us'] },
  { name: 'cheap', aliases: [], targets: ['haiku'], strategy: 'round_robin' as const },
];

function select(model: string, rules: Partial<RoutingRules> = {}): { ids: string[]; strategy: string; label: string } {
  const { targets, ...rest } = selectTargets(model, TARGETS, { strategy: 'round_robin', model_groups: [], ...rules });
  return { ids: targets.map(({ id }) => id), ...rest };
}

describe('selectTargets', () => {
  describe('finds what a model names:', () => {
    for (const [name, model, groups, ids, label] of [
      ['a group', 'smart', GROUPS, ['plain', 'haiku'], 'smart'],
      ['an alias', 'o1', GROUPS, ['plain', 'haiku'], 'o1'],
      ['a group before a model', HAIKU, GROUPS, ['us'], HAIKU],
      ['a target by its id', 'eu', [], ['eu'], 'eu'],
      ['a target by its model', HAIKU, [], ['haiku'], HAIKU],
      ['targets whatever their geography, the exact one first', SONNET, [], ['plain', 'us', 'eu'], SONNET],
      ['the named geography first', `eu.${SONNET}`, [], ['eu', 'us', 'plain'], `eu.${SONNET}`],
      ['targets by a geography that none has', `apac.${HAIKU}`, [], ['haiku'], HAIKU],
      ['an ARN', TARGETS[4]?.model ?? '', [], ['arn'], TARGETS[4]?.model],
      ['the alias *', 'gpt-unknown', [{ name: 'rest', aliases: ['*'], targets: ['haiku'] }], ['haiku'], 'other'],
      ['a target before the alias *', 'us', [{ name: 'rest', aliases: ['*'], targets: ['haiku'] }], ['us'], 'us'],
    ] as const) {
      it(name, () => {
        expect(select(model, { model_groups: groups })).to.deep.equal({ ids, strategy: 'round_robin', label });
      });
    }
  });

  describe('orders by strategy:', () => {
    for (const [strategy, ids] of [
      ['single', ['plain']],
      ['fallback', ['plain', 'us', 'eu', 'haiku', 'arn']],
      ['round_robin', ['plain', 'us', 'eu']],
      ['weighted_round_robin', ['plain', 'us', 'eu']],
      ['lowest_latency', ['plain', 'us', 'eu']],
      ['lowest_cost', ['plain', 'us', 'eu']],
    ] as const satisfies [Strategy, string[]][]) {
      it(strategy, () => {
        expect(select(SONNET, { strategy })).to.deep.include({ ids, strategy });
      });
    }

    it('of the group, when it has one', () => {
      expect(select('cheap', { strategy: 'fallback', model_groups: GROUPS })).to.deep.include({
        ids: ['haiku'],
        strategy: 'round_robin',
      });
    });
  });

  describe('under an A/B test', () => {
    const variants = [
      { target: 'haiku', weight: 1 },
      { target: 'plain', weight: 1 },
    ];
    const test = { enabled: true, sticky_by: 'none', variants } as const;

    it('gives the variants when one of them matches', () => {
      expect(select(SONNET, { ab_test: test, strategy: 'fallback' })).to.deep.equal({
        ids: ['haiku', 'plain'],
        strategy: 'ab_test',
        label: SONNET,
      });
    });

    it('leaves other models alone', () => {
      expect(select('arn', { ab_test: test })).to.deep.include({ ids: ['arn'], strategy: 'round_robin' });
    });

    it('does nothing when it is not enabled', () => {
      expect(select(HAIKU, { ab_test: { ...test, enabled: false } })).to.deep.include({ ids: ['haiku'] });
    });
  });

  it('refuses an unknown model, listing what there is and not what was asked', () => {
    expect(() => select('secret', { model_groups: GROUPS }))
      .to.throw(GatewayError, /smart, gpt-4o, o1, anthropic\.claude-3-5-haiku/)
      .that.includes({ reason: 'model_not_found', param: 'model' });
    expect(() => select('secret'))
      .to.throw()
      .with.property('message')
      .that.does.not.include('secret');
  });

  it('does not take members of Object for models', () => {
    expect(() => select('constructor')).to.throw(GatewayError);
    expect(() => select('__proto__')).to.throw(GatewayError);
  });
});

describe('modelNames', () => {
  it('lists groups, aliases and models, each once, without *', () => {
    const groups = [{ name: 'smart', aliases: ['*', SONNET], targets: ['us'] }];
    const twice = [...TARGETS, { id: 'again', model: HAIKU }];
    expect(modelNames(twice, { model_groups: groups })).to.deep.equal([
      'smart',
      SONNET,
      `us.${SONNET}`,
      `eu.${SONNET}`,
      HAIKU,
      TARGETS[4]?.model,
    ]);
  });
});
