// Which link of the chain a target stands on. The order: variables that the target names, its profile, its role, then the Bedrock API
// key, the standard keys, IRSA and Pod Identity of the environment, and at last the node's own role where that is allowed.
import { variable, type Environment } from '../../../core/environment.js';
import type { Target } from '../../../config/policy-config-document.js';
import type { AwsKeys, BearerToken } from './aws-identity.js';
import type { CredentialFailure } from './credential-failure.js';

export type CredentialPlan =
  EnvPlan | BearerPlan | ProfilePlan | WebIdentityPlan | AssumeRolePlan | ContainerPlan | NodePlan | UnavailablePlan;

/** Label of metrics and of `kt doctor`. */
export type CredentialOrigin = CredentialPlan['origin'];

export interface EnvPlan {
  readonly origin: 'env';
  readonly identity: AwsKeys;
  /** The variables that hold the keys. */
  readonly variables: readonly string[];
}

export interface BearerPlan {
  readonly origin: 'bearer';
  readonly identity: BearerToken;
}

export interface ProfilePlan {
  readonly origin: 'profile';
  readonly profile: string;
}

/** AssumeRoleWithWebIdentity: IRSA. */
export interface WebIdentityPlan {
  readonly origin: 'irsa';
  readonly roleArn: string;
  readonly tokenFile: string;
  readonly sessionName: string;
}

export interface AssumeRolePlan {
  readonly origin: 'assume_role';
  readonly roleArn: string;
  readonly externalId?: string;
  readonly sessionName: string;
  /** Whose keys ask for the role. */
  readonly base: CredentialPlan;
}

/** EKS Pod Identity, or the task role of ECS. */
export interface ContainerPlan {
  readonly origin: 'pod_identity';
  readonly uri: string;
  readonly tokenFile?: string;
  readonly token?: string;
}

/** What the SDK's default chain has left: the default profile, then the role of the machine. */
export interface NodePlan {
  readonly origin: 'node';
  /** `AWS_PROFILE` */
  readonly profile?: string;
}

/** Nothing to try: it stays so until the configuration or the environment changes. */
export interface UnavailablePlan {
  readonly origin: 'none';
  readonly reason: CredentialFailure;
  /** The link, as `credentialFailure` names it. */
  readonly link: string;
  readonly message: string;
}

/** The fields of a target that say something about its credentials. */
export type CredentialFields = Pick<
  Target,
  | 'aws_access_key_env'
  | 'aws_secret_key_env'
  | 'aws_session_token_env'
  | 'aws_profile'
  | 'aws_role_arn'
  | 'aws_external_id'
  | 'aws_role_session_name'
  | 'aws_web_identity_token_file'
  | 'allow_insecure_http'
>;

export interface PlanContext {
  readonly env: Environment;
  /** False in an injected sidecar: the identity of the node is not the application's to use. */
  readonly allowNodeRole: boolean;
}

const DEFAULT_SESSION_NAME = 'keeptrusts-gateway';
/** Where an ECS agent answers: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html */
const ECS_HOST = 'http://169.254.170.2';

export function planCredentials(target: CredentialFields, context: PlanContext): CredentialPlan {
  if (target.aws_role_arn !== undefined) return roleLink(target, target.aws_role_arn, context);
  for (const field of ['aws_web_identity_token_file', 'aws_external_id'] as const) {
    if (target[field] === undefined) continue;
    return unavailable('conflict', 'the target', `${field} is given without aws_role_arn, the role that it is for.`);
  }
  return explicitLink(target, context.env) ?? environmentLink(target, context);
}

function explicitLink(target: CredentialFields, env: Environment): CredentialPlan | undefined {
  const { aws_access_key_env, aws_secret_key_env, aws_session_token_env, aws_profile } = target;
  if (aws_access_key_env !== undefined || aws_secret_key_env !== undefined || aws_session_token_env !== undefined) {
    return namedKeys(target, env);
  }
  return aws_profile === undefined ? undefined : { origin: 'profile', profile: aws_profile };
}

function namedKeys(target: CredentialFields, env: Environment): CredentialPlan {
  const accessKey = target.aws_access_key_env ?? 'AWS_ACCESS_KEY_ID';
  const secretKey = target.aws_secret_key_env ?? 'AWS_SECRET_ACCESS_KEY';
  // A session token belongs to its keys: the standard one is taken with the standard keys alone.
  const standard = accessKey === 'AWS_ACCESS_KEY_ID' && secretKey === 'AWS_SECRET_ACCESS_KEY';
  const sessionToken =
    target.aws_session_token_env ??
    (standard && variable(env, 'AWS_SESSION_TOKEN') !== undefined ? 'AWS_SESSION_TOKEN' : undefined);
  return keysFrom(env, accessKey, secretKey, sessionToken);
}

function keysFrom(env: Environment, accessKey: string, secretKey: string, sessionToken?: string): CredentialPlan {
  const variables = [accessKey, secretKey, ...(sessionToken === undefined ? [] : [sessionToken])];
  const [accessKeyId, secretAccessKey, token] = variables.map((name) => variable(env, name));
  const missing = variables.filter((name) => variable(env, name) === undefined);
  if (accessKeyId === undefined || secretAccessKey === undefined || missing.length > 0) {
    const are = missing.length === 1 ? 'is' : 'are';
    return unavailable('env_missing', 'the environment', `${missing.join(' and ')} ${are} not set, or blank.`);
  }
  return {
    origin: 'env',
    variables,
    identity: {
      kind: 'keys',
      accessKeyId,
      secretAccessKey,
      ...(token !== undefined && { sessionToken: token }),
    },
  };
}

function roleLink(target: CredentialFields, roleArn: string, context: PlanContext): CredentialPlan {
  const { env } = context;
  const { aws_external_id: externalId, aws_web_identity_token_file: namedTokenFile } = target;
  const sessionName = sessionNameOf(target, env);
  const explicit = explicitLink(target, env);
  if (namedTokenFile !== undefined && (explicit !== undefined || externalId !== undefined)) {
    const other = explicit === undefined ? 'aws_external_id' : explicit.origin === 'profile' ? 'aws_profile' : 'keys';
    const message = `aws_web_identity_token_file and ${other} are both given, but a web identity takes the role by itself.`;
    return unavailable('conflict', linkOfRole(roleArn), message);
  }
  // AssumeRoleWithWebIdentity knows no external id, so a role that asks for one is assumed from the identity of the environment.
  const tokenFile =
    namedTokenFile ??
    (explicit === undefined && externalId === undefined ? variable(env, 'AWS_WEB_IDENTITY_TOKEN_FILE') : undefined);
  if (tokenFile !== undefined) return { origin: 'irsa', roleArn, tokenFile, sessionName };
  const base = explicit ?? environmentLink({}, context, { forSigning: true });
  if (base.origin === 'none') return base;
  return { origin: 'assume_role', roleArn, sessionName, base, ...(externalId !== undefined && { externalId }) };
}

function environmentLink(
  target: CredentialFields,
  { env, allowNodeRole }: PlanContext,
  { forSigning = false } = {},
): CredentialPlan {
  const bearer = variable(env, 'AWS_BEARER_TOKEN_BEDROCK');
  if (bearer !== undefined && !forSigning) return { origin: 'bearer', identity: { kind: 'bearer', token: bearer } };
  const accessKey = variable(env, 'AWS_ACCESS_KEY_ID');
  const secretKey = variable(env, 'AWS_SECRET_ACCESS_KEY');
  if (accessKey !== undefined || secretKey !== undefined) return namedKeys({}, env);
  return webIdentityOf(target, env) ?? containerOf(env) ?? nodeLink(env, allowNodeRole);
}

function webIdentityOf(target: CredentialFields, env: Environment): CredentialPlan | undefined {
  const tokenFile = variable(env, 'AWS_WEB_IDENTITY_TOKEN_FILE');
  if (tokenFile === undefined) return undefined;
  const roleArn = variable(env, 'AWS_ROLE_ARN');
  if (roleArn !== undefined) return { origin: 'irsa', roleArn, tokenFile, sessionName: sessionNameOf(target, env) };
  const message = 'AWS_WEB_IDENTITY_TOKEN_FILE is set and AWS_ROLE_ARN is not, nor has the target an aws_role_arn.';
  return unavailable('env_missing', 'the environment', message);
}

function containerOf(env: Environment): ContainerPlan | undefined {
  const full = variable(env, 'AWS_CONTAINER_CREDENTIALS_FULL_URI');
  const relative = variable(env, 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI');
  const uri = relative === undefined ? full : `${ECS_HOST}${relative}`;
  if (uri === undefined) return undefined;
  const tokenFile = variable(env, 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE');
  const token = variable(env, 'AWS_CONTAINER_AUTHORIZATION_TOKEN');
  return {
    origin: 'pod_identity',
    uri,
    ...(tokenFile !== undefined ? { tokenFile } : token !== undefined && { token }),
  };
}

function nodeLink(env: Environment, allowNodeRole: boolean): CredentialPlan {
  if (!allowNodeRole) {
    const message = "none are configured, and the node's own role is never used here.";
    return unavailable('no_credentials', 'the environment', message);
  }
  const profile = variable(env, 'AWS_PROFILE');
  return { origin: 'node', ...(profile !== undefined && { profile }) };
}

function sessionNameOf({ aws_role_session_name }: CredentialFields, env: Environment): string {
  return aws_role_session_name ?? variable(env, 'AWS_ROLE_SESSION_NAME') ?? DEFAULT_SESSION_NAME;
}

function unavailable(reason: CredentialFailure, link: string, message: string): UnavailablePlan {
  return { origin: 'none', reason, link, message };
}

/** The role's name without its account, which is nobody's business. */
export function linkOfRole(roleArn: string): string {
  return `role "${roleArn.slice(roleArn.indexOf('/') + 1)}"`;
}
