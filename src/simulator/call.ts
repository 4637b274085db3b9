import type { Identity } from './authentication.js';
import type { WireRequest } from './wire-request.js';

export const BEDROCK_OPERATIONS = [
  'Converse',
  'ConverseStream',
  'InvokeModel',
  'CountTokens',
  'ApplyGuardrail',
] as const;
export const STS_OPERATIONS = ['AssumeRole', 'AssumeRoleWithWebIdentity', 'GetCallerIdentity'] as const;

export type BedrockOperation = (typeof BEDROCK_OPERATIONS)[number];
export type StsOperation = (typeof STS_OPERATIONS)[number];
export type Operation = BedrockOperation | StsOperation;

/** One request whose operation is known and whose caller has been let in. */
export interface Call {
  readonly requestId: string;
  readonly operation: Operation;
  /** The model id or ARN, decoded; for ApplyGuardrail the guardrail's id; empty for STS. */
  readonly model: string;
  readonly region: string;
  /** Absent where nobody is asked who they are: unchecked, and AssumeRoleWithWebIdentity. */
  readonly identity?: Identity;
  /** The parsed JSON; for STS the form's fields. */
  readonly body: unknown;
  readonly request: WireRequest;
  /** A fault wants the guardrail to intervene. */
  readonly forcedGuardrail: boolean;
}
