import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express';
import { GatewayError } from '../chat/gateway-error.js';
import type { Route } from '../exchange.js';
import type { Gateway } from '../gateway.js';
import { listModels, showModel } from '../model-list.js';
import { answerChat, answerEmbeddings } from '../pipeline.js';
import { serveExchange, type Work } from './serve-exchange.js';

interface Endpoint {
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly route: Route;
  readonly work: Work;
}

const ENDPOINTS: readonly Endpoint[] = [
  {
    method: 'post',
    path: '/chat/completions',
    route: '/v1/chat/completions',
    work: async (exchange, runtime, req) => answerChat(exchange, runtime, await req.body()),
  },
  {
    method: 'post',
    path: '/embeddings',
    route: '/v1/embeddings',
    work: async (exchange, runtime, req) => answerEmbeddings(exchange, runtime, await req.body()),
  },
  { method: 'get', path: '/models', route: '/v1/models', work: (_exchange, runtime) => listModels(runtime) },
  {
    // The id may be an ARN, with its slashes as they are or encoded.
    method: 'get',
    path: '/models/*id',
    route: '/v1/models/:id',
    work: (_exchange, runtime, { params }) => showModel(runtime, [params['id'] ?? []].flat().join('/')),
  },
];

const OFFERED = 'POST /v1/chat/completions, POST /v1/embeddings, GET /v1/models, GET /v1/models/{id}';

/** The routes that applications use, with and without the prefix `/v1`. */
export function createDataApp(gateway: Gateway): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', false).set('case sensitive routing', true);
  const refuse = (route: Route, error: unknown, req: Request, res: Response): Promise<void> =>
    serveExchange(gateway, route, () => Promise.reject(error), req, res);

  for (const { method, path, route, work } of ENDPOINTS) {
    const paths = [`/v1${path}`, path];
    const allow = method === 'get' ? 'GET, HEAD, OPTIONS' : 'POST, OPTIONS';
    app[method](paths, (req, res) => serveExchange(gateway, route, work, req, res));
    app.options(paths, (_req, res) => void res.writeHead(204, { allow }).end());
    app.all(paths, (req, res) => {
      res.setHeader('allow', allow);
      const message = `${req.method} is not allowed on ${route}; allowed: ${allow}.`;
      return refuse(route, new GatewayError('method_not_allowed', message), req, res);
    });
  }
  app.use((req, res) => refuse('other', unknownUrl(req), req, res));
  app.use(((error: unknown, req, res, _next) =>
    refuse('other', badUrl(error), req, res)) satisfies ErrorRequestHandler);
  return app;
}

function unknownUrl({ method, path }: Request): GatewayError {
  const asked = `${method} ${path.slice(0, 200)}`;
  return new GatewayError('unknown_url', `Unknown request URL: ${asked}. This gateway offers ${OFFERED}.`);
}

/** Express itself complains about nothing but a path whose percent-encoding is wrong. */
function badUrl(error: unknown): unknown {
  return error instanceof URIError ? new GatewayError('invalid_request', 'The URL is not validly encoded.') : error;
}
