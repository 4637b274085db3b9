// The floor: a proxy that copies bytes and does nothing else, on bare node:http or on express.
// node bench/floor.mjs http|express PORT UPSTREAM_PORT
import { Agent, createServer, request } from 'node:http';

const [kind, port, upstreamPort] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true });

function proxy(req, res) {
  const path = req.headers['x-bench-stream'] ? 'converse-stream' : 'converse';
  const upstream = request(
    {
      agent,
      host: '127.0.0.1',
      port: upstreamPort,
      method: 'POST',
      path: `/model/${process.env.BENCH_MODEL}/${path}`,
      headers: { 'content-type': 'application/json', 'content-length': req.headers['content-length'] },
    },
    (answer) => {
      res.writeHead(answer.statusCode, { 'content-type': answer.headers['content-type'] });
      answer.pipe(res);
    },
  );
  upstream.on('error', () => res.destroy());
  req.pipe(upstream);
}

let handler = proxy;
if (kind === 'express') {
  const { default: express } = await import('express');
  handler = express();
  handler.disable('x-powered-by');
  handler.post('/v1/chat/completions', proxy);
}
createServer(handler).listen(Number(port), '127.0.0.1');
