import { formatAddress, type Address } from '../core/address.js';
import { systemClock, type Clock } from '../core/clock.js';
import { AccessKeys, DEFAULT_ACCESS_KEY, type AccessKey } from './access-keys.js';
import { AnswerBook, answerRules, type AnswerRule } from './answer-book.js';
import { PromptCache } from './bedrock/prompt-cache.js';
import { constantAnswers, type ConstantAnswerOptions } from './constant-answers.js';
import { parseRules } from './control-api.js';
import { exchange } from './exchange.js';
import { FaultBook } from './faults/fault-book.js';
import { faultRules, type FaultRule } from './faults/fault.js';
import { InFlight } from './in-flight.js';
import { Ledger, type LedgerReport } from './ledger.js';
import { listen, type Handle } from './listener.js';
import { Random } from './random.js';
import { RequestLog, type ReceivedRequest } from './request-log.js';
import type { World } from './world.js';

export interface SimulatorOptions extends Partial<Address> {
  /** A further listener for STS alone; without it STS is served on the first port only. */
  readonly sts?: Partial<Address>;
  /** The same seed gives the same answers to the same requests. */
  readonly seed?: number;
  readonly clock?: Clock;
  /** False: nothing is checked, recorded or spoilt, and every answer is the same; for benches. */
  readonly checks?: boolean;
  /** The answer without checks; 100 text events in one write when absent. */
  readonly constant?: Partial<ConstantAnswerOptions>;
  /** Time before the first event and between events. */
  readonly pace?: { readonly firstEventMs?: number; readonly eventMs?: number };
  /** Known beside the default pair of AWS's documentation. */
  readonly accessKeys?: readonly AccessKey[];
  /** Amazon Bedrock API keys that are accepted (`AWS_BEARER_TOKEN_BEDROCK`). */
  readonly bearerTokens?: readonly string[];
  /** The shortest prefix that a cache point caches; 1,024 as with most Claude models. */
  readonly cacheMinTokens?: number;
  /** How many requests and ledger entries are remembered. */
  readonly remembered?: number;
  /** Told about what should not happen: a defect of the simulator itself. */
  readonly onBug?: (error: unknown) => void;
}

export interface Simulator {
  /** `http://host:port` */
  readonly url: string;
  readonly stsUrl: string;
  readonly address: Address;
  readonly stsAddress: Address;
  /** Environment variables that point an AWS SDK here with the default access key. */
  readonly env: Readonly<Record<string, string>>;
  setFaults(rules: readonly FaultRule[]): void;
  setAnswers(rules: readonly AnswerRule[]): void;
  requests(): readonly ReceivedRequest[];
  ledger(): LedgerReport;
  /** Resolves when every exchange is over, also in the eyes of the clients that left: then requests and ledger are final. */
  idle(): Promise<void>;
  /** A web identity token that its STS takes. */
  webIdentityToken(claims?: {
    readonly sub?: string;
    readonly aud?: string;
    readonly expiresInSeconds?: number;
  }): string;
  /** Stops accepting and cuts every open connection. */
  close(): Promise<void>;
}

/** Starts a local Amazon Bedrock Runtime and STS. Rejects when an address is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const world = createWorld(options);
  const handle: Handle =
    options.checks === false
      ? constantAnswers({ events: 100, framesPerWrite: Infinity, ...options.constant })
      : (incoming, response) => void exchange(world, incoming, response);
  const main = await listen(options.host ?? '127.0.0.1', options.port ?? 0, handle);
  const sts = options.sts
    ? await listen(options.sts.host ?? '127.0.0.1', options.sts.port ?? 0, handle).catch(async (error: unknown) => {
        await main.close();
        throw error;
      })
    : main;
  const url = `http://${formatAddress(main)}`;
  const stsUrl = `http://${formatAddress(sts)}`;
  return {
    url,
    stsUrl,
    address: { host: main.host, port: main.port },
    stsAddress: { host: sts.host, port: sts.port },
    env: {
      AWS_ACCESS_KEY_ID: DEFAULT_ACCESS_KEY.accessKeyId,
      AWS_SECRET_ACCESS_KEY: DEFAULT_ACCESS_KEY.secretAccessKey,
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: url,
      AWS_ENDPOINT_URL_STS: stsUrl,
    },
    setFaults: (rules) => world.faults.set(parseRules(faultRules, rules)),
    setAnswers: (rules) => world.answers.set(parseRules(answerRules, rules)),
    requests: () => world.log.list(),
    ledger: () => world.ledger.report(),
    idle: () => world.inFlight.idle(),
    webIdentityToken: (claims) => webIdentityToken(world.clock, claims),
    async close() {
      await Promise.all([...new Set([main, sts])].map((listener) => listener.close()));
    },
  };
}

function createWorld(options: SimulatorOptions): World {
  const { seed = 1, clock = systemClock, remembered = 1000 } = options;
  const ids = new Random(seed, 'request ids');
  return {
    clock,
    seed,
    pace: { firstEventMs: options.pace?.firstEventMs ?? 0, eventMs: options.pace?.eventMs ?? 0 },
    keys: new AccessKeys([DEFAULT_ACCESS_KEY, ...(options.accessKeys ?? [])], options.bearerTokens ?? []),
    faults: new FaultBook(clock, seed),
    answers: new AnswerBook(seed),
    promptCache: new PromptCache(clock, options.cacheMinTokens ?? 1024),
    log: new RequestLog(remembered),
    ledger: new Ledger(remembered),
    inFlight: new InFlight(),
    nextRequestId: () => [8, 4, 4, 4, 12].map((length) => ids.string(length, '0123456789abcdef')).join('-'),
    onBug: options.onBug ?? rethrow,
  };
}

function webIdentityToken(
  clock: Clock,
  { sub = 'system:serviceaccount:default:app', aud = 'sts.amazonaws.com', expiresInSeconds = 3600 } = {},
): string {
  const now = Math.floor(clock.now() / 1000);
  const parts = [
    { alg: 'RS256', typ: 'JWT', kid: 'simulator' },
    { iss: 'https://oidc.eks.us-east-1.amazonaws.com/id/SIMULATOR', sub, aud, iat: now, exp: now + expiresInSeconds },
  ];
  const encoded = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${encoded}.${Buffer.from('unsigned').toString('base64url')}`;
}

/** Without anyone to tell, a defect ends the process the way any uncaught error does. */
function rethrow(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
