import { lookup } from 'node:dns/promises';
import { HttpRequest } from '@smithy/core/protocols';
import { orAborted } from '../../../core/abort.js';
import { hostOf, isLoopback } from '../../../core/address.js';
import { proxyFor } from '../../../core/proxy.js';
import { ConnectTimeout, ProxyRefusal } from '../aws/dial.js';
import type { Network } from '../aws/network.js';
import { WireHandler } from '../aws/wire-version.js';
import { failed, passed, warned, type Check } from './check.js';

const CONNECT_TIMEOUT_MS = 5_000;
/** Signatures may be five minutes off; a clock that is one minute off is on its way there. */
const MAX_SKEW_MS = 60_000;

/** How far one gets on the way to an endpoint: name, connection, TLS, any HTTP answer at all. An answer tells the time, too. */
export async function diagnoseEndpoint(url: URL, network: Network, signal: AbortSignal): Promise<readonly Check[]> {
  const { env, clock, secureContext } = network;
  const proxy = proxyFor(url, env);
  if (proxy === undefined) {
    const unknown = await diagnoseName(url, signal);
    if (unknown !== undefined) return [unknown];
  }
  const handler = new WireHandler(url, { proxy, connectTimeoutMs: CONNECT_TIMEOUT_MS, secureContext, clock });
  const started = clock.monotonic();
  try {
    const { response } = await handler.handle(question(url), { abortSignal: signal });
    const ms = Math.round(clock.monotonic() - started);
    // Not the answer's body but that there is one was the question.
    response.body.destroy();
    const way = proxy === undefined ? '' : ` through the proxy ${proxy.host}`;
    const reached = `${url.origin} answers over HTTP/${handler.wire === 'h2' ? '2' : '1.1'}${way} (${response.statusCode} in ${ms} ms).`;
    return [judgeScheme(url, reached), ...diagnoseClock(response.headers['date'], clock.now())];
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return [explain(error, url, proxy)];
  } finally {
    handler.destroy();
  }
}

function question({ protocol, hostname, port, host }: URL): HttpRequest {
  return new HttpRequest({
    protocol,
    hostname,
    ...(port !== '' && { port: Number(port) }),
    method: 'GET',
    path: '/',
    headers: { host },
  });
}

async function diagnoseName(url: URL, signal: AbortSignal): Promise<Check | undefined> {
  try {
    await orAborted(lookup(hostOf(url)), signal);
    return undefined;
  } catch (error) {
    return failed(
      'endpoint',
      `the name ${hostOf(url)} cannot be resolved (${codeOf(error)}).`,
      'Check aws_region and base_url, then the resolver; in a private network, the VPC endpoint and its private DNS.',
    );
  }
}

function judgeScheme(url: URL, reached: string): Check {
  if (url.protocol === 'https:' || isLoopback(hostOf(url))) return passed('endpoint', reached);
  const fix = 'Use https. allow_insecure_http is for drills in a network of your own.';
  return warned('endpoint', `${reached} Prompts, answers and session tokens cross the network in the clear.`, fix);
}

function diagnoseClock(date: string | undefined, now: number): readonly Check[] {
  const skewMs = Date.parse(date ?? '') - now;
  if (Number.isNaN(skewMs)) return [];
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  if (Math.abs(skewMs) < MAX_SKEW_MS) return [passed('clock', `within ${seconds + 1} s of the endpoint's.`)];
  const how = `this machine's clock is ${seconds} s ${skewMs < 0 ? 'ahead of' : 'behind'} the endpoint's.`;
  return [warned('clock', how, 'Let NTP set it. Until then the gateway signs with the clock of the endpoint.')];
}

function explain(error: Error, url: URL, proxy: URL | undefined): Check {
  const by = proxy === undefined ? url.host : `the proxy ${proxy.host}`;
  const code = codeOf(error);
  const known = [...EXPLANATIONS, ANYTHING].find(({ means }) => means(error, code)) ?? ANYTHING;
  return failed('endpoint', known.fact(by, code, error), known.fix);
}

interface Explanation {
  readonly means: (error: Error, code: string) => boolean;
  readonly fact: (by: string, code: string, error: Error) => string;
  readonly fix: string;
}

const EXPLANATIONS: readonly Explanation[] = [
  {
    means: (error) => error instanceof ConnectTimeout,
    fact: (by) => `no connection to ${by} within ${CONNECT_TIMEOUT_MS / 1_000} s.`,
    fix: 'Look for a firewall, a network policy or a security group on the way; behind a proxy, set HTTPS_PROXY.',
  },
  {
    means: (error) => error instanceof ProxyRefusal,
    fact: (_by, _code, error) => `${error.message}.`,
    fix: 'Let the proxy allow this host, give it the password it asks for, or exempt the host with NO_PROXY.',
  },
  {
    means: (_error, code) => /CERT|^UNABLE_TO_|^ERR_TLS|^ERR_SSL|^EPROTO$/.test(code),
    fact: (by, code) => `there is no trusted TLS connection to ${by} (${code}).`,
    fix: 'Name the authority that signs here in AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS; for a VPC endpoint use the name in its certificate.',
  },
  {
    means: (_error, code) => code === 'ECONNREFUSED',
    fact: (by) => `${by} refuses the connection.`,
    fix: 'Nothing listens there: check the host and the port of base_url, or start what should listen.',
  },
];

const ANYTHING: Explanation = {
  means: () => true,
  fact: (by, code) => `no HTTP answer from ${by} (${code}).`,
  fix: 'Check that base_url is an endpoint of Amazon Bedrock Runtime, and what stands on the way to it.',
};

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
