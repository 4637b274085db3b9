import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { expect } from 'chai';
import { regionalUrl, resolveEndpoint, type EndpointSources } from '../../../../src/gateway/providers/aws/endpoint.js';

const ENV = { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'https://vpce.example', AWS_ENDPOINT_URL: 'https://all.example' };

describe('resolveEndpoint', () => {
  for (const [name, sources, url, origin] of [
    ['prefers base_url', { base_url: 'https://own.example/aws', env: ENV }, 'https://own.example/aws', 'base_url'],
    ["then takes the service's variable", { env: ENV }, 'https://vpce.example/', 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME'],
    [
      'then the general variable, where the other is blank',
      { env: { ...ENV, AWS_ENDPOINT_URL_BEDROCK_RUNTIME: '' } },
      'https://all.example/',
      'AWS_ENDPOINT_URL',
    ],
    ['builds it from the region at last', { env: {} }, 'https://bedrock-runtime.eu-west-1.amazonaws.com/', 'region'],
    [
      'passes over the variables when told to ignore them',
      { env: { ...ENV, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' } },
      'https://bedrock-runtime.eu-west-1.amazonaws.com/',
      'region',
    ],
    [
      'allows plain http on loopback',
      { base_url: 'http://127.0.0.1:8400', env: {} },
      'http://127.0.0.1:8400/',
      'base_url',
    ],
    ['allows plain http on ::1', { base_url: 'http://[::1]:8400', env: {} }, 'http://[::1]:8400/', 'base_url'],
    [
      'allows plain http elsewhere on request',
      { base_url: 'http://10.0.0.7', env: {}, allowInsecureHttp: true },
      'http://10.0.0.7/',
      'base_url',
    ],
  ] satisfies [string, Omit<EndpointSources, 'region'>, string, string][]) {
    it(name, () => {
      const endpoint = resolveEndpoint('bedrock-runtime', { region: 'eu-west-1', ...sources });
      expect(endpoint.url.href).to.equal(url);
      expect(endpoint.origin).to.equal(origin);
    });
  }

  for (const [name, sources, complaint] of [
    [
      'plain http beyond loopback',
      { base_url: 'http://10.0.0.7', env: {} },
      /^base_url: plain http is for loopback only/,
    ],
    ['plain http from the environment too', { env: { AWS_ENDPOINT_URL: 'http://x' } }, /^AWS_ENDPOINT_URL: plain http/],
    ['another scheme', { base_url: 'ftp://own.example', env: {} }, /^base_url: expected a URL/],
    ['what is no URL', { base_url: 'own.example', env: {} }, /^base_url: expected a URL/],
    ['a password in it, without repeating it', { base_url: 'https://u:p@own.example', env: {} }, /^base_url: [^@]*$/],
    ['a query', { base_url: 'https://own.example?x=1', env: {} }, /^base_url: expected scheme, host, port and path/],
  ] satisfies [string, Omit<EndpointSources, 'region'>, RegExp][]) {
    it(`refuses ${name}`, () => {
      expect(() => resolveEndpoint('bedrock-runtime', { region: 'eu-west-1', ...sources })).to.throw(complaint);
    });
  }
});

describe('regionalUrl', () => {
  const regions = [
    'us-east-1 eu-central-1 ap-southeast-2 ca-west-1 sa-east-1 af-south-1 me-central-1 il-central-1 mx-central-1',
    'us-gov-west-1 cn-north-1 cn-northwest-1 us-iso-east-1 us-isob-east-1 eu-isoe-west-1 us-isof-south-1 eusc-de-east-1',
  ].flatMap((line) => line.split(' '));

  for (const region of regions) {
    it(`agrees with the AWS SDK about ${region}, whole, FIPS, dual-stack and both`, () => {
      const { endpointProvider } = new BedrockRuntimeClient({ region }).config;
      for (const UseFIPS of [false, true]) {
        for (const UseDualStack of [false, true]) {
          const env = { AWS_USE_FIPS_ENDPOINT: String(UseFIPS), AWS_USE_DUALSTACK_ENDPOINT: String(UseDualStack) };
          const { url } = endpointProvider({ Region: region, UseFIPS, UseDualStack });
          expect(regionalUrl('bedrock-runtime', region, env).href).to.equal(url.href);
        }
      }
    });
  }
});
