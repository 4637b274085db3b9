import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { systemClock } from '../../../../src/core/clock.js';
import { openNetwork } from '../../../../src/gateway/providers/aws/network.js';
import type { AwsIdentity } from '../../../../src/gateway/providers/credentials/aws-identity.js';
import { CredentialPool } from '../../../../src/gateway/providers/credentials/credential-pool.js';
import { withSimulator } from '../../../simulator/with-simulator.js';
import { listening } from '../aws/wire-server.js';
import { thrown } from '../../../thrown.js';

const { signal } = new AbortController();
const MACHINE = {
  accessKeyId: 'ASIAMACHINE',
  secretAccessKey: 'machine-secret',
  sessionToken: 'machine-session',
  arn: 'arn:aws:sts::123456789012:assumed-role/machine/i-1',
  userId: 'AROAMACHINE:i-1',
};

describe('the end of the default chain', () => {
  it('takes the default profile when it yields credentials', () =>
    inDirectory(async (directory) => {
      await writeFile(
        join(directory, 'credentials'),
        '[default]\naws_access_key_id = AKIA1\naws_secret_access_key = s\n',
      );
      expect(await credentials(directory)).to.include({ accessKeyId: 'AKIA1' });
    }));

  it('passes over a default profile that holds a region alone', () =>
    inDirectory(async (directory) => {
      await writeFile(join(directory, 'config'), '[default]\nregion = eu-west-1\n');
      const error = await thrown(credentials(directory, { AWS_EC2_METADATA_DISABLED: 'true' }));
      expect(error).to.include({ detail: 'no_credentials' });
      expect(error.message).to.include('AWS_EC2_METADATA_DISABLED');
    }));

  it('does not pass over the profile that AWS_PROFILE names', () =>
    inDirectory(async (directory) => {
      expect(await thrown(credentials(directory, { AWS_PROFILE: 'work' }))).to.include({
        detail: 'profile_not_found',
      });
    }));

  // The AWS SDK looks for the address of the metadata service in the environment of its process, so this one has a process of its own.
  it('takes the role of the machine at last', () =>
    inDirectory((directory) =>
      withSimulator({ accessKeys: [MACHINE] }, (sim) =>
        listening(metadataService(), async (url) => {
          const file = join(directory, 'policy-config.yaml');
          await writeFile(file, policyConfig(sim.url));
          const words = ['--import', 'tsx/esm', resolve('src/main.ts'), 'doctor', '--json', '--policy-config', file];
          const env = {
            HOME: directory,
            AWS_ENDPOINT_URL_STS: sim.stsUrl,
            AWS_EC2_METADATA_SERVICE_ENDPOINT: url.origin,
          };
          const { stdout } = await promisify(execFile)(process.execPath, words, { env });
          const { checks } = JSON.parse(stdout) as { checks: { check: string; reason: string }[] };
          expect(checks.find(({ check }) => check === 'identity')?.reason).to.equal(
            `AWS takes the gateway for ${MACHINE.arn}.`,
          );
        }),
      ),
    ));
});

/** Version 2 of https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-security-credentials.html */
function metadataService() {
  const roles = '/latest/meta-data/iam/security-credentials/';
  const answers: Readonly<Record<string, string>> = {
    'PUT /latest/api/token': 'session',
    [`GET ${roles}`]: 'machine',
    [`GET ${roles}machine`]: JSON.stringify({
      Code: 'Success',
      AccessKeyId: MACHINE.accessKeyId,
      SecretAccessKey: MACHINE.secretAccessKey,
      Token: MACHINE.sessionToken,
      Expiration: new Date(Date.now() + 3_600_000).toISOString(),
    }),
  };
  return createServer(({ method, url, headers }, response) => {
    const answer = answers[`${method} ${url}`];
    const allowed = method === 'PUT' || headers['x-aws-ec2-metadata-token'] === 'session';
    response.writeHead(answer === undefined ? 404 : allowed ? 200 : 401).end(answer);
  });
}

function policyConfig(base_url: string): string {
  return JSON.stringify({
    pack: { name: 'machine', version: '1.0.0', enabled: true },
    policies: { chain: [] },
    providers: {
      strategy: 'single',
      targets: [
        { id: 'one', provider: 'aws-bedrock', model: 'amazon.nova-lite-v1:0', aws_region: 'us-east-1', base_url },
      ],
    },
  });
}

async function inDirectory(use: (directory: string) => Promise<unknown>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'kt-node-role-'));
  try {
    await use(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function credentials(directory: string, more: Record<string, string> = {}): Promise<AwsIdentity> {
  const env = {
    AWS_CONFIG_FILE: join(directory, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(directory, 'credentials'),
    ...more,
  };
  const observer = { refreshed: () => {}, expiry: () => {} };
  const network = await openNetwork(env, systemClock);
  const pool = new CredentialPool({ network, random: Math.random, observer, allowNodeRole: true });
  const lease = pool.lease({}, 'us-east-1');
  return lease.value.get(signal).finally(() => lease.release());
}
