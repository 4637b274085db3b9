import type { Json } from '../core/json.js';
import { answerRules } from './answer-book.js';
import { faultRules } from './faults/fault.js';
import type { Shape } from './shapes/shape.js';
import { describeProblems } from './shapes/validate.js';
import type { WireRequest } from './wire-request.js';
import type { World } from './world.js';

interface ControlAnswer {
  readonly status: number;
  readonly body: unknown;
}

type Handle = (world: World, body: unknown) => unknown;

const OK = { ok: true };

/** The control API, by path and method. It asks nobody who they are: docs/simulator.md says to keep it on loopback. */
const ROUTES: Readonly<Record<string, Readonly<Record<string, Handle>>>> = {
  '/_sim/faults': {
    PUT: (world, body) => set(faultRules, body, (rules) => world.faults.set(rules)),
    DELETE: (world) => set(faultRules, [], (rules) => world.faults.set(rules)),
  },
  '/_sim/answers': {
    PUT: (world, body) => set(answerRules, body, (rules) => world.answers.set(rules)),
    DELETE: (world) => set(answerRules, [], (rules) => world.answers.set(rules)),
  },
  '/_sim/requests': {
    GET: (world) => ({ requests: world.log.list() }),
    DELETE: (world) => {
      world.log.clear();
      return OK;
    },
  },
  '/_sim/ledger': {
    GET: (world) => world.ledger.report(),
    DELETE: (world) => {
      world.ledger.clear();
      return OK;
    },
  },
};

class BadControlRequest extends Error {
  override readonly name = 'BadControlRequest';
}

export function isControl({ path }: WireRequest): boolean {
  return path.startsWith('/_sim/');
}

export function answerControl(request: WireRequest, world: World): ControlAnswer {
  const methods = Object.hasOwn(ROUTES, request.path) ? ROUTES[request.path] : undefined;
  if (!methods) return failure(404, `no such path; there are ${Object.keys(ROUTES).join(', ')}`);
  const handle = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
  if (!handle) return failure(405, `${request.path} takes ${Object.keys(methods).join(', ')}`);
  try {
    return { status: 200, body: handle(world, request.method === 'PUT' ? parse(request) : undefined) };
  } catch (error) {
    if (error instanceof BadControlRequest) return failure(400, error.message);
    throw error;
  }
}

/** Throws `BadControlRequest` naming every problem. */
export function parseRules<T>(shape: Shape<T>, rules: unknown): T {
  const problems = shape.check(rules, []);
  if (problems.length > 0) throw new BadControlRequest(describeProblems(problems).join('; '));
  return rules as T; // the shape found nothing against it
}

function set<T extends readonly unknown[]>(shape: Shape<T>, body: unknown, apply: (rules: T) => void): unknown {
  const rules = parseRules(shape, body);
  apply(rules);
  return { ...OK, rules: rules.length };
}

function parse({ body }: WireRequest): Json {
  try {
    return JSON.parse(body.toString()) as Json; // JSON.parse returns nothing else
  } catch (error) {
    throw new BadControlRequest('the body is not valid JSON', { cause: error });
  }
}

function failure(status: number, message: string): ControlAnswer {
  return { status, body: { error: { message } } };
}
