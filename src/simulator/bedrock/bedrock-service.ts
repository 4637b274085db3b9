import { AwsError } from '../aws-error.js';
import type { Answer, WholeAnswer } from '../answer/answer.js';
import { BEDROCK_OPERATIONS, type BedrockOperation, type Call } from '../call.js';
import type { WireRequest } from '../wire-request.js';
import type { World } from '../world.js';
import { applyGuardrailOperation } from './apply-guardrail.js';
import { converseOperation, converseStreamOperation } from './converse.js';
import { countTokensOperation } from './count-tokens.js';
import { invokeModelOperation } from './invoke-model.js';

export interface Target {
  readonly operation: BedrockOperation;
  readonly model: string;
}

const ROUTES: readonly (readonly [BedrockOperation, RegExp])[] = [
  ['Converse', /^\/model\/([^/]+)\/converse$/],
  ['ConverseStream', /^\/model\/([^/]+)\/converse-stream$/],
  ['InvokeModel', /^\/model\/([^/]+)\/invoke$/],
  ['CountTokens', /^\/model\/([^/]+)\/count-tokens$/],
  ['ApplyGuardrail', /^\/guardrail\/([^/]+)\/version\/[^/]+\/apply$/],
];

/** One file an operation. */
const OPERATIONS: Readonly<Record<BedrockOperation, (call: Call, world: World) => Answer>> = {
  Converse: converseOperation,
  ConverseStream: converseStreamOperation,
  InvokeModel: invokeModelOperation,
  CountTokens: countTokensOperation,
  ApplyGuardrail: applyGuardrailOperation,
};

const MAX_DEPTH = 500;

/** The operation that a request's method and path ask for; throws `UnknownOperationException`. */
export function route({ method, path }: WireRequest): Target {
  for (const [operation, pattern] of ROUTES) {
    const label = pattern.exec(path)?.[1];
    if (label !== undefined && method === 'POST') return { operation, model: decodeLabel(label) };
  }
  throw new AwsError('UnknownOperationException', '');
}

/** Throws `SerializationException` for what is no JSON, and for JSON nested so deeply that it could not be walked. */
export function parseBody({ body }: WireRequest): unknown {
  const value = body.length === 0 ? {} : parseJson(body.toString());
  if (isDeeperThan(MAX_DEPTH, value))
    throw new AwsError('SerializationException', 'The request body is nested too deeply.');
  return value;
}

export function answer(call: Call, world: World): Answer {
  const operation = BEDROCK_OPERATIONS.find((name) => name === call.operation);
  if (!operation) throw new AwsError('UnknownOperationException', '');
  return OPERATIONS[operation](call, world);
}

export function errorAnswer(error: AwsError): WholeAnswer {
  return {
    kind: 'whole',
    status: error.status,
    contentType: 'application/json',
    headers: {
      'x-amzn-errortype': `${error.code}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
      ...(error.retryAfterSeconds !== undefined && { 'retry-after': String(error.retryAfterSeconds) }),
    },
    body: JSON.stringify({ message: error.message }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError('SerializationException', 'The request body is not valid JSON.', { cause: error });
  }
}

/** Level by level, since the call stack would not bear what is looked for. */
function isDeeperThan(depth: number, value: unknown): boolean {
  let level = [value];
  for (let i = 0; i < depth; i += 1) {
    level = level.flatMap((it) => (typeof it === 'object' && it !== null ? (Object.values(it) as unknown[]) : []));
    if (level.length === 0) return false;
  }
  return true;
}

function decodeLabel(label: string): string {
  try {
    return decodeURIComponent(label);
  } catch (error) {
    throw new AwsError('SerializationException', 'The path is not validly percent-encoded.', { cause: error });
  }
}
