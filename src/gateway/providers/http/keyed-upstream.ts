import type { Target } from '../../../config/policy-config-document.js';
import { hostOf, isLoopback } from '../../../core/address.js';
import { variable, type Environment } from '../../../core/environment.js';
import { proxyFor } from '../../../core/proxy.js';
import { GatewayError } from '../../chat/gateway-error.js';
import type { Network } from '../aws/network.js';
import { HttpUpstream } from './http-upstream.js';

/** The members of a target that say how to reach an API that takes a key. */
export type KeyedTarget = Pick<
  Target,
  'id' | 'base_url' | 'allow_insecure_http' | 'secret_key_ref' | 'headers' | 'connect_timeout_seconds'
>;

/** What is fixed about an API. */
export interface KeyedApi {
  /** The maker's name, for messages. */
  readonly name: string;
  /** Where the maker serves it. */
  readonly baseUrl: string;
  /** Sent with every call. */
  readonly headers: Readonly<Record<string, string>>;
  /** Headers that carry the key. */
  readonly keyHeaders: (key: string) => Readonly<Record<string, string>>;
}

/** The way to one target's API. */
export interface KeyedUpstream {
  /** For messages: the maker's name, or the target's id where somebody else serves the API. */
  readonly name: string;
  readonly endpoint?: string;
  /** Why no call can succeed until the configuration or the environment changes. */
  readonly unavailable?: GatewayError;
  /** @throws {GatewayError} `unavailable`, when there is one. */
  readonly http: () => HttpUpstream;
  readonly close: () => void;
}

const DEFAULT_CONNECT_TIMEOUT_SECONDS = 5;

/** Opens a target on paper: nothing is sent before the first call. */
export function openKeyedUpstream(target: KeyedTarget, api: KeyedApi, network: Network): KeyedUpstream {
  const name = target.base_url === undefined ? api.name : target.id;
  const base = readBase(target, api);
  if (base instanceof GatewayError) return unavailable(name, undefined, base);
  const key = readKey(target, network.env);
  if (key instanceof GatewayError) return unavailable(name, base.href, key);
  const { clock, secureContext, env } = network;
  const proxy = readProxy(base, env);
  if (proxy instanceof GatewayError) return unavailable(name, base.href, proxy);
  const { connect_timeout_seconds: seconds = DEFAULT_CONNECT_TIMEOUT_SECONDS, headers = {} } = target;
  const http = new HttpUpstream({
    base,
    headers: { ...lowerCased(headers), ...api.headers, ...(key !== undefined && api.keyHeaders(key)) },
    connectTimeoutMs: seconds * 1000,
    proxy,
    secureContext,
    clock,
  });
  return { name, endpoint: base.href, http: () => http, close: () => http.close() };
}

function unavailable(name: string, endpoint: string | undefined, failure: GatewayError): KeyedUpstream {
  return {
    name,
    ...(endpoint !== undefined && { endpoint }),
    unavailable: failure,
    http: () => {
      throw failure;
    },
    close: () => {},
  };
}

function readBase({ base_url, allow_insecure_http }: KeyedTarget, { baseUrl }: KeyedApi): URL | GatewayError {
  const url = URL.parse(base_url ?? baseUrl);
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    return unreachable(`expected a URL such as ${baseUrl}`);
  if (url.username !== '' || url.search !== '' || url.hash !== '') {
    return unreachable('base_url: expected scheme, host, port and path alone');
  }
  if (url.protocol === 'http:' && !isLoopback(hostOf(url)) && !allow_insecure_http) {
    return unreachable('base_url: plain http is for loopback only; use https, or set allow_insecure_http if you must');
  }
  return url;
}

function unreachable(why: string): GatewayError {
  return new GatewayError('upstream_connection', `This target cannot be reached: ${why}`, {
    detail: 'settings',
  });
}

/** @returns nothing for a direct connection. */
function readProxy(base: URL, env: Environment): URL | undefined | GatewayError {
  try {
    return proxyFor(base, env);
  } catch (error) {
    return unreachable(error instanceof Error ? error.message : String(error));
  }
}

/** @returns nothing for a server of somebody's own that is given no key. */
function readKey({ secret_key_ref, base_url }: KeyedTarget, env: Environment): string | undefined | GatewayError {
  if (secret_key_ref?.env === undefined) {
    return base_url === undefined || secret_key_ref !== undefined
      ? noKey('secret_key_ref names no variable')
      : undefined;
  }
  const key = variable(env, secret_key_ref.env);
  if (key === undefined) return noKey(`the variable ${secret_key_ref.env} is not set`);
  // It would be refused as a header, in words that repeat it.
  return /^[\x21-\x7e]+$/.test(key) ? key : noKey(`the variable ${secret_key_ref.env} holds no API key`);
}

function noKey(why: string): GatewayError {
  return new GatewayError('upstream_authentication', `This target has no API key: ${why}`, { detail: 'key' });
}

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
