import { expect } from 'chai';
import { residencyBreach } from '../../src/config/residency.js';

const PLAIN = 'anthropic.claude-sonnet-4-20250514-v1:0';
const EU_REGIONS = ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3'];
const arn = (region: string, resource: string): string => `arn:aws:bedrock:${region}:123456789012:${resource}`;

describe('residencyBreach', () => {
  const rows: readonly (readonly [
    stays: boolean,
    model: string,
    region: string | undefined,
    regions: readonly string[],
  ])[] = [
    // endpoints
    [true, PLAIN, 'eu-west-1', ['eu-west-1']],
    [true, PLAIN, 'eu-west-1', ['eu']],
    [true, PLAIN, 'ap-northeast-1', ['apac']],
    [true, PLAIN, 'ap-northeast-1', ['jp']],
    [true, PLAIN, 'ap-southeast-2', ['au']],
    [true, PLAIN, 'us-gov-west-1', ['us-gov']],
    [false, PLAIN, 'eu-west-1', ['eu-central-1']],
    [false, PLAIN, 'eu-west-1', ['us']],
    [false, PLAIN, 'eu-west-10', ['eu-west-1']],
    [false, PLAIN, 'us-gov-west-1', ['us']],
    [false, PLAIN, 'ap-southeast-1', ['au']],
    [false, PLAIN, 'ap-southeast-2', ['jp']],
    [false, PLAIN, undefined, ['eu']],
    // profiles
    [true, `eu.${PLAIN}`, 'eu-west-1', ['eu']],
    [true, `eu.${PLAIN}`, 'eu-west-1', EU_REGIONS],
    [true, `us.${PLAIN}`, 'us-east-1', ['us']],
    [true, `us.${PLAIN}`, 'ca-central-1', ['us', 'ca']],
    [true, `us-gov.${PLAIN}`, 'us-gov-west-1', ['us-gov']],
    [true, `jp.${PLAIN}`, 'ap-northeast-1', ['ap-northeast-1', 'ap-northeast-3']],
    [true, `jp.${PLAIN}`, 'ap-northeast-1', ['apac']],
    [true, `au.${PLAIN}`, 'ap-southeast-2', ['au']],
    [true, `ca.${PLAIN}`, 'ca-central-1', ['ca']],
    [true, `sa.${PLAIN}`, 'sa-east-1', ['sa']],
    [true, `apac.${PLAIN}`, 'ap-south-1', ['apac']],
    [false, `eu.${PLAIN}`, 'eu-west-1', ['eu-west-1']],
    [false, `eu.${PLAIN}`, 'eu-west-1', ['eu-west-1', 'eu-central-1']],
    [false, `eu.${PLAIN}`, 'eu-west-1', ['us']],
    [false, `us.${PLAIN}`, 'ca-central-1', ['ca']],
    [false, `us.${PLAIN}`, 'us-east-1', ['us-east-1', 'us-west-2']],
    [false, `us-gov.${PLAIN}`, 'us-gov-west-1', ['us-gov-west-1']],
    [false, `apac.${PLAIN}`, 'ap-northeast-1', ['jp']],
    [false, `apac.${PLAIN}`, 'ap-northeast-1', ['ap']],
    [false, `jp.${PLAIN}`, 'ap-northeast-1', ['ap-northeast-1']],
    [false, `global.${PLAIN}`, 'eu-west-1', ['eu']],
    [false, `global.${PLAIN}`, 'eu-west-1', ['global', 'eu']],
    [false, `global.${PLAIN}`, 'eu-west-1', [...EU_REGIONS, 'us', 'apac', 'ca', 'sa', 'me', 'af']],
    [true, `me.${PLAIN}`, 'me-central-1', ['me']],
    [false, `me.${PLAIN}`, 'me-central-1', ['me-central-1']],
    [false, `amer.${PLAIN}`, 'us-east-1', ['us']],
    // a version with a dot is no geography
    [true, 'moonshotai.kimi-k2.5', 'eu-west-1', ['eu']],
    [true, 'zai.glm-4.7', 'eu-west-1', ['eu']],
    // ARNs
    [true, arn('eu-west-1', `foundation-model/${PLAIN}`), 'eu-west-1', ['eu']],
    [true, arn('eu-west-1', 'provisioned-model/abc'), 'eu-west-1', ['eu-west-1']],
    [true, arn('eu-west-1', `inference-profile/eu.${PLAIN}`), 'eu-west-1', ['eu']],
    [false, arn('us-east-1', `foundation-model/${PLAIN}`), 'eu-west-1', ['eu']],
    [false, arn('eu-west-1', `inference-profile/global.${PLAIN}`), 'eu-west-1', ['eu']],
    [false, arn('us-east-1', `inference-profile/eu.${PLAIN}`), 'eu-west-1', ['eu']],
    [false, arn('eu-west-1', `inference-profile/us.${PLAIN}`), 'eu-west-1', ['eu']],
    [false, arn('eu-west-1', 'application-inference-profile/abc'), 'eu-west-1', ['eu']],
    [false, arn('eu-west-1', 'default-prompt-router/anthropic.claude:1'), 'eu-west-1', ['eu']],
    [false, arn('eu-west-1', 'prompt/ABCDEFGHIJ:1'), 'eu-west-1', ['eu']],
    [false, 'arn:nonsense', 'eu-west-1', ['eu']],
  ];
  for (const [stays, model, region, regions] of rows) {
    it(`${stays ? 'keeps' : 'refuses'} ${model} in ${region} for [${regions.join(', ')}]`, () => {
      const breach = residencyBreach({ model, region }, regions);
      if (stays) expect(breach).to.equal(undefined);
      else expect(breach).to.be.a('string');
    });
  }

  for (const [base_model, stays] of [
    [`eu.${PLAIN}`, true],
    [`us.${PLAIN}`, false],
    [PLAIN, false],
  ] as const) {
    it(`${stays ? 'takes' : 'does not take'} ${base_model} for what an application profile is of`, () => {
      const model = arn('eu-west-1', 'application-inference-profile/abc');
      expect(residencyBreach({ model, base_model, region: 'eu-west-1' }, ['eu']) === undefined).to.equal(stays);
    });
  }

  for (const [host, stays] of [
    ['bedrock-runtime.eu-west-1.amazonaws.com', true],
    ['bedrock-runtime-fips.us-east-1.amazonaws.com', false],
    ['vpce-0a-1b.bedrock-runtime.us-east-1.vpce.amazonaws.com', false],
    ['proxy.example', true],
  ] as const) {
    it(`${stays ? 'keeps' : 'refuses'} a call to ${host}`, () => {
      expect(residencyBreach({ model: PLAIN, region: 'eu-west-1', host }, ['eu']) === undefined).to.equal(stays);
    });
  }
});
