import express, { type Express, type Request, type Response } from 'express';
import { GatewayError } from '../chat/gateway-error.js';
import type { Gateway } from '../gateway.js';
import { describeConfig, describeTargets } from './admin-views.js';
import { isLocalPeer } from './local-peer.js';

/** The read-only port for kubelets, Prometheus and people: no route changes anything. */
export function createAdminApp(gateway: Gateway): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', false).set('case sensitive routing', true);
  app.use((req, res, next) => (req.method === 'GET' || req.method === 'HEAD' ? next() : notAllowed(req, res)));

  app.get('/livez', (_req, res) => void res.json({ live: true }));
  app.get('/startupz', (_req, res) => {
    const started = gateway.active.current !== undefined;
    res.status(started ? 200 : 503).json({ started });
  });
  app.get('/readyz', (_req, res) => {
    const reasons = unreadiness(gateway);
    res.status(reasons.length === 0 ? 200 : 503).json({ ready: reasons.length === 0, reasons });
  });
  app.get('/metrics', async (_req, res) => {
    const { registry } = gateway.metrics;
    res.set('content-type', registry.contentType).send(await registry.metrics());
  });

  app.use('/keeptrusts', (req, res, next) =>
    isLocalPeer(req.socket.remoteAddress, req.headers.host) ? next() : refuse(res, notLocal()),
  );
  app.get('/keeptrusts/config', (_req, res) => {
    const runtime = gateway.active.current;
    if (!runtime) return refuse(res, new GatewayError('config_not_loaded', 'There is no configuration yet.'));
    return void res.json(describeConfig(runtime));
  });
  app.get('/keeptrusts/targets', (_req, res) => void res.json(describeTargets(gateway.active.current)));

  app.use((req, res) =>
    refuse(res, new GatewayError('unknown_url', `Unknown request URL: ${req.method} ${req.path.slice(0, 200)}.`)),
  );
  return app;
}

/** Ready means: a configuration is in force and it is not stopping. Never: the upstreams are well. */
function unreadiness({ active, inFlight }: Gateway): readonly string[] {
  return [...(active.current ? [] : ['config_not_loaded']), ...(inFlight.draining ? ['draining'] : [])];
}

function notLocal(): GatewayError {
  return new GatewayError(
    'permission_denied',
    'This page is for loopback only: ask from the same host or Pod, by 127.0.0.1 or localhost.',
  );
}

function notAllowed(req: Request, res: Response): void {
  res.set('allow', 'GET, HEAD');
  refuse(res, new GatewayError('method_not_allowed', `${req.method} is not allowed here; this port is read-only.`));
}

function refuse(res: Response, error: GatewayError): void {
  res.status(error.status).json(error.body());
}
