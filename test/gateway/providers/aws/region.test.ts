import { expect } from 'chai';
import { isRegionName, resolveRegion, type RegionSources } from '../../../../src/gateway/providers/aws/region.js';

const EVERYTHING = {
  target: 'eu-west-1',
  pack: 'eu-west-2',
  env: { AWS_REGION: 'eu-west-3', AWS_DEFAULT_REGION: 'eu-north-1' },
  profile: async () => 'eu-south-1',
} satisfies RegionSources;

describe('resolveRegion', () => {
  for (const [name, without, expected] of [
    ["prefers the target's own", {}, { region: 'eu-west-1', origin: 'target' }],
    ["then takes the pack's", { target: undefined }, { region: 'eu-west-2', origin: 'pack' }],
    ['then AWS_REGION', { target: undefined, pack: undefined }, { region: 'eu-west-3', origin: 'AWS_REGION' }],
    [
      'then AWS_DEFAULT_REGION, where AWS_REGION is blank',
      { target: undefined, pack: undefined, env: { AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-north-1' } },
      { region: 'eu-north-1', origin: 'AWS_DEFAULT_REGION' },
    ],
    [
      "then the profile's",
      { target: undefined, pack: undefined, env: {} },
      { region: 'eu-south-1', origin: 'profile' },
    ],
    [
      'and at last us-east-1',
      { target: undefined, pack: undefined, env: {}, profile: async () => undefined },
      { region: 'us-east-1', origin: 'default' },
    ],
  ] as const) {
    it(name, async () => {
      expect(await resolveRegion({ ...EVERYTHING, ...without })).to.deep.equal(expected);
    });
  }

  it('reads no profile when something before it answers', async () => {
    const profile = () => Promise.reject(new Error('read'));
    expect((await resolveRegion({ ...EVERYTHING, profile })).origin).to.equal('target');
  });
});

describe('isRegionName', () => {
  for (const word of [
    'us-east-1',
    'ap-southeast-12',
    'us-gov-west-1',
    'us-iso-east-1',
    'eusc-de-east-1',
    'mx-central-1',
  ]) {
    it(`accepts ${word}`, () => expect(isRegionName(word)).to.equal(true));
  }
  for (const word of ['', 'us-east', 'US-EAST-1', 'us-east-1 ', 'us-east-1.evil.example/#', 'us_east_1', 'east-1']) {
    it(`refuses ${JSON.stringify(word)}`, () => expect(isRegionName(word)).to.equal(false));
  }
});
