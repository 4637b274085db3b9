import type { Answer, WholeAnswer } from './answer/answer.js';
import type { AwsError } from './aws-error.js';
import * as bedrock from './bedrock/bedrock-service.js';
import type { Call, Operation } from './call.js';
import * as sts from './sts/sts-service.js';
import type { WireRequest } from './wire-request.js';
import type { World } from './world.js';

/** What a request asks for, before anyone knows who sent it. */
export interface Asked {
  readonly operation: Operation;
  readonly model: string;
  readonly body: unknown;
}

/** One AWS API: how its requests are read, answered and refused. */
export interface Service {
  /** The name in the credential scope. */
  readonly signingName: string;
  readonly contentType: string;
  /** Throws an `AwsError` when the API has no such operation or the body cannot be parsed. */
  ask(request: WireRequest): Asked;
  /** Operations that nobody has to sign. */
  isAnonymous(operation: Operation): boolean;
  answer(call: Call, world: World): Answer;
  refuse(error: AwsError, requestId: string): WholeAnswer;
}

const BEDROCK: Service = {
  signingName: 'bedrock',
  contentType: 'application/json',
  ask: (request) => ({ ...bedrock.route(request), body: bedrock.parseBody(request) }),
  isAnonymous: () => false,
  answer: bedrock.answer,
  refuse: bedrock.errorAnswer,
};

const STS: Service = {
  signingName: 'sts',
  contentType: 'text/xml',
  ask(request) {
    const form = sts.parseForm(request);
    return { operation: sts.stsOperation(form), model: '', body: form };
  },
  isAnonymous: (operation) => operation === 'AssumeRoleWithWebIdentity',
  answer: sts.answer,
  refuse: sts.errorAnswer,
};

/** STS lives at the root path, Amazon Bedrock Runtime below it, so that one port can serve both. */
export function serviceFor(request: WireRequest): Service {
  return sts.isStsRequest(request) ? STS : BEDROCK;
}
