import { AwsError } from '../aws-error.js';
import type { AccessKey } from '../access-keys.js';
import { Random } from '../random.js';
import type { World } from '../world.js';
import type { Form } from './sts-service.js';
import { elements } from './xml.js';

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** A role that a caller asked for, with the parameters checked. */
export interface RoleRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly durationSeconds: number;
}

/**
 * The parameters that all ways of assuming a role share. Throws `ValidationException`.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function roleRequest(form: Form, maxSeconds = 43_200): RoleRequest {
  const roleArn = form['RoleArn'] ?? '';
  if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(roleArn)) throw invalid(`${roleArn} is invalid`);
  const sessionName = form['RoleSessionName'] ?? '';
  if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    const what =
      sessionName.length < 2
        ? 'have length greater than or equal to 2'
        : 'satisfy regular expression pattern: [\\w+=,.@-]*';
    throw invalid(
      `1 validation error detected: Value at 'roleSessionName' failed to satisfy constraint: Member must ${what}`,
    );
  }
  const durationSeconds = Number(form['DurationSeconds'] ?? 3600);
  if (!Number.isInteger(durationSeconds) || durationSeconds < 900 || durationSeconds > maxSeconds) {
    const what = durationSeconds < 900 ? 'greater than or equal to 900' : `less than or equal to ${maxSeconds}`;
    throw invalid(
      `1 validation error detected: Value '${durationSeconds}' at 'durationSeconds' failed to satisfy constraint: Member must have value ${what}`,
    );
  }
  return { roleArn, sessionName, durationSeconds };
}

/** Makes temporary keys for the role, known to the simulator until they expire, and the XML that hands them over. */
export function issue(role: RoleRequest, requestId: string, world: World): string {
  const random = new Random(world.seed, 'sts', requestId);
  const [, account = '', path = ''] = /^arn:[^:]+:iam::(\d+):role\/(.+)$/.exec(role.roleArn) ?? [];
  const name = path.split('/').at(-1) ?? '';
  const expiresAt = Math.floor(world.clock.now() / 1000 + role.durationSeconds) * 1000;
  const roleId = `AROA${new Random(role.roleArn).string(17, UPPER)}`;
  const key = {
    accessKeyId: `ASIA${random.string(16, UPPER)}`,
    secretAccessKey: random.string(40, BASE64),
    sessionToken: `${random.string(352, BASE64)}==`,
    expiresAt,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${role.sessionName}`,
    userId: `${roleId}:${role.sessionName}`,
  } satisfies AccessKey;
  world.keys.add(key);
  const credentials = elements({
    AccessKeyId: key.accessKeyId,
    SecretAccessKey: key.secretAccessKey,
    SessionToken: key.sessionToken,
    Expiration: new Date(expiresAt).toISOString().replace('.000Z', 'Z'),
  });
  const user = elements({ AssumedRoleId: key.userId, Arn: key.arn });
  return `<Credentials>${credentials}</Credentials><AssumedRoleUser>${user}</AssumedRoleUser>`;
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
