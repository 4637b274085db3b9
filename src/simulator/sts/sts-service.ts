import type { Answer, WholeAnswer } from '../answer/answer.js';
import { AwsError } from '../aws-error.js';
import { STS_OPERATIONS, type Call, type StsOperation } from '../call.js';
import type { WireRequest } from '../wire-request.js';
import type { World } from '../world.js';
import { assumeRole } from './assume-role.js';
import { assumeRoleWithWebIdentity } from './assume-role-with-web-identity.js';
import { getCallerIdentity } from './get-caller-identity.js';
import { escapeXml, xmlDocument } from './xml.js';

/** Fields of the form, as STS's query protocol sends them. */
export type Form = Readonly<Record<string, string>>;

const OPERATIONS: Readonly<Record<StsOperation, (form: Form, call: Call, world: World) => string>> = {
  AssumeRole: assumeRole,
  AssumeRoleWithWebIdentity: assumeRoleWithWebIdentity,
  GetCallerIdentity: getCallerIdentity,
};

/** The errors of SigV4 have other names in the query protocol: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
const QUERY_NAMES: Readonly<Record<string, string>> = {
  ExpiredTokenException: 'ExpiredToken',
  IncompleteSignatureException: 'IncompleteSignature',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  ThrottlingException: 'Throttling',
  UnrecognizedClientException: 'InvalidClientTokenId',
  ValidationException: 'ValidationError',
};

/** True for a request of the query protocol: a POST, or a presigned GET, to the root. */
export function isStsRequest({ path }: WireRequest): boolean {
  return path === '/';
}

export function parseForm({ method, body, query }: WireRequest): Form {
  return Object.fromEntries(new URLSearchParams(method === 'GET' ? query : body.toString()));
}

export function stsOperation(form: Form): StsOperation {
  const operation = STS_OPERATIONS.find((name) => name === form['Action']);
  if (operation) return operation;
  const text = `Could not find operation ${form['Action'] ?? ''} for version ${form['Version'] ?? 'NO_VERSION_SPECIFIED'}`;
  throw new AwsError('InvalidAction', text);
}

export function answer(call: Call, world: World): Answer {
  const operation = STS_OPERATIONS.find((name) => name === call.operation);
  if (!operation) throw new AwsError('InvalidAction', `Could not find operation ${call.operation}`);
  const result = OPERATIONS[operation](call.body as Form, call, world); // parseForm made it
  const body = xmlDocument(
    `${operation}Response`,
    `<${operation}Result>${result}</${operation}Result>`,
    call.requestId,
  );
  return { kind: 'whole', status: 200, contentType: 'text/xml', body };
}

export function errorAnswer(error: AwsError, requestId: string): WholeAnswer {
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  const code = isExpiredIdentity(error) ? error.code : (QUERY_NAMES[error.code] ?? error.code);
  const body = xmlDocument(
    'ErrorResponse',
    `<Error><Type>${type}</Type><Code>${code}</Code><Message>${escapeXml(error.message)}</Message></Error>`,
    requestId,
  );
  return { kind: 'whole', status: error.status, contentType: 'text/xml', body };
}

/** A web identity token past its time keeps the name that expired keys lose: `ExpiredTokenException`, with 400. */
function isExpiredIdentity({ code, status }: AwsError): boolean {
  return code === 'ExpiredTokenException' && status === 400;
}
