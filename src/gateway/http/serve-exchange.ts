import type { ServerResponse } from 'node:http';
import type { Request, Response } from 'express';
import { GatewayError } from '../chat/gateway-error.js';
import { auditEnd, auditStreamStart } from '../audit-exchange.js';
import { CallerLeft, Exchange, type Route } from '../exchange.js';
import type { Gateway } from '../gateway.js';
import { recordExchange } from '../record-exchange.js';
import type { Reply } from '../reply.js';
import type { Runtime } from '../runtime.js';
import { callerIds, requestId, traceparent } from './caller-headers.js';
import { retryHeaders } from './retry-headers.js';
import { sendEvents } from './event-stream.js';
import { readJson } from './read-json.js';
import { refuseForeignPage } from './web-page.js';

/** What a route does once its request was let in. */
export type Work = (exchange: Exchange, runtime: Runtime, request: WorkRequest) => Reply | Promise<Reply>;

export interface WorkRequest {
  /** Of the path, decoded. */
  readonly params: Request['params'];
  /** Reads the body and parses it as JSON. */
  body(): Promise<unknown>;
}

const DEFAULT_ID_HEADER = 'x-request-id';

/** Status that the log has for a caller who left before one was sent. */
const CLIENT_CLOSED = 499;

/** Serves one request of the data port, whatever becomes of it. Never rejects. */
export async function serveExchange(
  gateway: Gateway,
  route: Route,
  work: Work,
  req: Request,
  res: Response,
): Promise<void> {
  const lease = gateway.active.lease();
  const idHeader = lease?.runtime.config.server.request_id_header.toLowerCase() ?? DEFAULT_ID_HEADER;
  const exchange = new Exchange({
    requestId: requestId(req.headers, idHeader),
    route,
    traceparent: traceparent(req.headers),
    callerIds: callerIds(req),
    showsCost: req.headers['x-keeptrusts-cost'] === 'true',
    clock: gateway.clock,
  });
  const place = gateway.inFlight.enter(exchange);
  res.on('close', () => {
    if (!res.writableEnded) exchange.cut(new CallerLeft());
  });
  res.setHeader(DEFAULT_ID_HEADER, exchange.requestId);
  if (idHeader !== DEFAULT_ID_HEADER) res.setHeader(idHeader, exchange.requestId);
  if (gateway.inFlight.draining) res.setHeader('connection', 'close');

  try {
    const runtime = inForce(lease?.runtime);
    if (runtime.config.server.auth.mode === 'none') refuseForeignPage(req);
    exchange.revision = runtime.revision;
    await runtime.audit?.sink.admit();
    place.admit(runtime.config.server);
    const limits = { maxBytes: runtime.config.server.max_body_bytes, budget: place };
    const reply = await work(exchange, runtime, { params: req.params, body: () => readJson(req, res, limits) });
    exchange.status = 200;
    await send(exchange, runtime, reply, res);
  } catch (error) {
    await refuse(exchange, lease?.runtime, error, res);
  } finally {
    place.leave();
    lease?.release();
    exchange.end();
    recordExchange(exchange, gateway.log, gateway.metrics);
  }
}

function inForce(runtime: Runtime | undefined): Runtime {
  if (!runtime) throw new GatewayError('config_not_loaded', 'The gateway has no configuration yet.');
  if (!runtime.config.pack.enabled)
    throw new GatewayError('pack_disabled', 'The policy pack is switched off (pack.enabled).');
  return runtime;
}

/** Audit first: nothing leaves that is not on record. */
async function send(exchange: Exchange, runtime: Runtime, reply: Reply, res: ServerResponse): Promise<void> {
  if (reply.kind === 'json') {
    await auditEnd(exchange, runtime);
    sendJson(res, 200, reply.text, facts(exchange));
    return;
  }
  await auditStreamStart(exchange, runtime);
  exchange.hasStreamBegun = true;
  try {
    res.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      ...facts(exchange),
    });
    await sendEvents(res, reply.events, exchange.clock);
  } finally {
    await auditEnd(exchange, runtime);
  }
}

async function refuse(
  exchange: Exchange,
  runtime: Runtime | undefined,
  error: unknown,
  res: ServerResponse,
): Promise<void> {
  if (exchange.hasStreamBegun) {
    // Its end is on record; what is left is a caller who must not take it for complete.
    exchange.error ??= exchange.failure(error);
    return void res.destroy();
  }
  const failure = exchange.callerLeft ? undefined : await onRecord(exchange, runtime, exchange.failure(error));
  if (!failure) {
    exchange.status = CLIENT_CLOSED;
    await onRecord(exchange, runtime, undefined);
    return;
  }
  const headers = { ...facts(exchange), ...retryHeaders(failure) };
  sendJson(res, failure.status, JSON.stringify(failure.body()), headers);
}

/** Writes down how the exchange failed. @returns what to answer: that it could not be written down, if it could not. */
async function onRecord(
  exchange: Exchange,
  runtime: Runtime | undefined,
  failure: GatewayError | undefined,
): Promise<GatewayError | undefined> {
  exchange.error = failure;
  if (failure) exchange.status = failure.status;
  try {
    if (runtime) await auditEnd(exchange, runtime);
    return failure;
  } catch (error) {
    exchange.error = exchange.failure(error);
    exchange.status = exchange.error.status;
    return exchange.error;
  }
}

function sendJson(res: ServerResponse, status: number, text: string, headers: Readonly<Record<string, string>>): void {
  const length = Buffer.byteLength(text);
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'content-length': length, ...headers });
  res.end(text);
}

/** Response headers that say what the gateway did. Each is left out while there is nothing to say. */
function facts(exchange: Exchange): Readonly<Record<string, string>> {
  const { target, variant, revision, verdict, dropped, provider, upstreamRequestId, shownCost } = exchange;
  return {
    ...(shownCost !== undefined && { 'x-keeptrusts-cost-usd': shownCost }),
    ...(revision !== undefined && { 'x-keeptrusts-revision': revision }),
    ...(target !== undefined && { 'x-keeptrusts-target': target }),
    ...(variant !== undefined && { 'x-keeptrusts-variant': variant }),
    ...(verdict !== undefined && { 'x-keeptrusts-verdict': verdict }),
    ...(dropped.length > 0 && { 'x-keeptrusts-dropped-params': headerList(dropped) }),
    // What AWS's support asks for, under the name that AWS gives it.
    ...(provider === 'aws.bedrock' && upstreamRequestId !== undefined && { 'x-amzn-requestid': upstreamRequestId }),
  };
}

/** Names of a caller's members; what has no place in a header is left out of them. */
function headerList(names: readonly string[]): string {
  return names
    .map((name) => name.replace(/[^\w.[\]-]/g, '').slice(0, 64))
    .join(', ')
    .slice(0, 2048);
}
