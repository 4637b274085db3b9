import { BlockList, isIP } from 'node:net';
import { hostOf, isLoopback } from './address.js';
import { firstVariable, type Environment } from './environment.js';

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/**
 * The proxy for requests to `url`, from `HTTPS_PROXY` or `HTTP_PROXY`, else `ALL_PROXY`, unless `NO_PROXY` exempts the host;
 * `undefined` means a direct connection. Lower-case names win, as in curl. `NO_PROXY` is a list of `*`, host names (which
 * cover their subdomains, with or without a leading dot), addresses and CIDR blocks, each but the last with an optional
 * `:port`. Loopback is never proxied.
 * @throws Error naming the variable when its value is no http or https URL.
 * @see https://pkg.go.dev/golang.org/x/net/http/httpproxy the rules that most cloud tools follow
 */
export function proxyFor(url: URL, env: Environment): URL | undefined {
  if (isLoopback(hostOf(url))) return undefined;
  const scheme = url.protocol === 'https:' ? 'https' : 'http';
  const proxy = firstVariable(env, [`${scheme}_proxy`, `${scheme.toUpperCase()}_PROXY`, 'all_proxy', 'ALL_PROXY']);
  if (proxy === undefined || isExempt(url, env)) return undefined;
  return proxyUrl(proxy);
}

/** The value may hold a password, so a complaint never repeats it. */
function proxyUrl({ name, value }: { readonly name: string; readonly value: string }): URL {
  const url = URL.parse(value.includes('://') ? value : `http://${value}`);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new Error(`${name}: expected an http or https URL such as http://proxy.example:3128`);
  }
  return url;
}

function isExempt(url: URL, env: Environment): boolean {
  const list = firstVariable(env, ['no_proxy', 'NO_PROXY'])?.value ?? '';
  const port = url.port || DEFAULT_PORTS[url.protocol];
  const host = hostOf(url).toLowerCase();
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => entry === '*' || covers(entry, host, port));
}

function covers(entry: string, host: string, port: string | undefined): boolean {
  if (entry.includes('/')) return inBlock(entry, host);
  const [, name, onlyPort] = /^(\[.*\]|[^:]*):(\d+)$/.exec(entry) ?? [undefined, entry, undefined];
  if (onlyPort !== undefined && onlyPort !== port) return false;
  const pattern = name.replace(/^\[|\]$/g, '').replace(/^\*(?=\.)/, '');
  if (isIP(pattern) !== 0) return pattern === host;
  const domain = pattern.replace(/^\./, '');
  return (!pattern.startsWith('.') && host === domain) || (domain !== '' && host.endsWith(`.${domain}`));
}

function inBlock(entry: string, host: string): boolean {
  const [network = '', prefix = ''] = entry.split('/');
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || !/^\d+$/.test(prefix)) return false;
  if (Number(prefix) > (family === 4 ? 32 : 128)) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(network, Number(prefix), type);
  return block.check(host, type);
}
