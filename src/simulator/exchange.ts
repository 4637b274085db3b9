import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import { isObject } from '../core/json.js';
import { NO_USAGE, type Answer } from './answer/answer.js';
import { countTokens } from './answer/tokens.js';
import { errorAnswer as bedrockError } from './bedrock/bedrock-service.js';
import { authenticate, claimedRegion } from './authentication.js';
import { AwsError } from './aws-error.js';
import type { Call } from './call.js';
import { answerControl, isControl } from './control-api.js';
import { deliver } from './delivery.js';
import type { Verdict } from './faults/fault-book.js';
import { find } from './faults/fault.js';
import { standIn } from './faults/stand-in.js';
import { Reply } from './reply.js';
import type { RequestDraft } from './request-log.js';
import { serviceFor, type Asked, type Service } from './service.js';
import { BodyTooLarge, readWireRequest, type WireRequest } from './wire-request.js';
import type { World } from './world.js';

/** One request from its first byte to the end of its answer. Never rejects. */
export async function exchange(
  world: World,
  incoming: IncomingMessage | Http2ServerRequest,
  response: ServerResponse | Http2ServerResponse,
): Promise<void> {
  incoming.on('error', () => undefined); // a client that resets while it is answered; the reply's `close` tells
  const reply = new Reply(response);
  let request: WireRequest;
  try {
    request = await readWireRequest(incoming);
  } catch (error) {
    if (error instanceof BodyTooLarge) refuseTooLarge(error, reply);
    else reply.reset(); // the client left before its request was whole
    return;
  }
  try {
    await serve(world, request, reply);
  } catch (error) {
    world.onBug(error);
    reply.reset();
  }
}

/** The rest of the body is not read, so the connection is of no further use. */
function refuseTooLarge({ message }: BodyTooLarge, reply: Reply): void {
  const { status, contentType, headers, body } = bedrockError(new AwsError('RequestEntityTooLargeException', message));
  reply.head(status, { 'content-type': contentType, ...headers });
  reply.end(Buffer.from(body));
}

async function serve(world: World, request: WireRequest, reply: Reply): Promise<void> {
  if (isControl(request)) {
    const { status, body } = answerControl(request, world);
    reply.head(status, { 'content-type': 'application/json' });
    return reply.end(Buffer.from(JSON.stringify(body)));
  }
  const requestId = world.nextRequestId();
  const record = world.log.begin(requestId, world.clock.now(), request);
  const service = serviceFor(request);
  const { answer, call, verdict } = respond(world, service, request, requestId, record);
  let generated = 0;
  world.inFlight.enter();
  reply.whenGone(() => {
    world.inFlight.leave();
    record.aborted = reply.aborted;
    record.done = true;
    const usage = { ...(answer.usage ?? NO_USAGE) };
    const complete = answer.kind === 'whole' || record.events_sent === answer.events.length;
    if (!complete) usage.outputTokens = generated;
    if (call && answer.usage) world.ledger.add(call, usage, !complete || reply.aborted);
    verdict.settle(usage.inputTokens + usage.cacheWriteInputTokens + usage.outputTokens);
  });
  await deliver(answer, {
    reply,
    requestId,
    faults: verdict.faults,
    clock: world.clock,
    pace: world.pace,
    sent: (tokens) => {
      generated += tokens;
      record.events_sent += 1;
    },
  });
}

interface Responded {
  readonly answer: Answer;
  readonly call?: Call;
  readonly verdict: Verdict;
}

function respond(
  world: World,
  service: Service,
  request: WireRequest,
  requestId: string,
  record: RequestDraft,
): Responded {
  let verdict: Verdict = { faults: [], settle: () => undefined };
  try {
    record.region = claimedRegion(request);
    const asked = service.ask(request);
    Object.assign(record, { operation: asked.operation, model: asked.model || null, body: asked.body });
    const { keys, clock } = world;
    const identity = service.isAnonymous(asked.operation)
      ? undefined
      : authenticate(request, { keys, service: service.signingName, now: clock.now() });
    record.caller = identity?.arn ?? null;
    const region = identity?.region ?? record.region;
    verdict = world.faults.judge({ ...asked, region }, () => reservedTokens(asked));
    record.faults = verdict.faults.map(({ kind }) => kind);
    const forcedGuardrail = find(verdict.faults, 'guardrail_intervened') !== undefined;
    const call: Call = { ...asked, requestId, region, request, forcedGuardrail, ...(identity && { identity }) };
    const answer = standIn(verdict.faults, service.contentType) ?? service.answer(call, world);
    record.status = answer.kind === 'whole' ? answer.status : 200;
    return { answer, call, verdict };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    record.error = error.code;
    record.status = error.status;
    return { answer: service.refuse(error, requestId), verdict };
  }
}

/** What a call may use at most, as quotas see it when it begins: its input and the `maxTokens` it asks for. */
function reservedTokens({ body }: Asked): number {
  const inference = isObject(body) ? body['inferenceConfig'] : undefined;
  const maxTokens = isObject(inference) ? inference['maxTokens'] : undefined;
  return countTokens(JSON.stringify(body)) + (typeof maxTokens === 'number' ? maxTokens : 0);
}
