// Drives one URL over keep-alive connections and measures what a client sees.
import { Agent, request } from 'node:http';

export interface Job {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For a streamed answer: the words that show its first text, and those without which it is not complete. */
  readonly stream?: { readonly first: string; readonly last: string };
}

export interface Sample {
  /** From sending to the last byte, in milliseconds. */
  readonly totalMs: number;
  /** From sending to the first text of a stream, or the first byte of a plain answer. */
  readonly firstMs: number;
  readonly ok: boolean;
}

export interface Load {
  readonly samples: readonly Sample[];
  readonly seconds: number;
}

/** As fast as `concurrency` callers can, each sending when its last answer is complete. */
export async function closedLoop(job: Job, concurrency: number, seconds: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const samples: Sample[] = [];
  const began = performance.now();
  const until = began + seconds * 1000;
  await Promise.all(
    Array.from({ length: concurrency }, async () => {
      while (performance.now() < until) samples.push(await send(job, agent));
    }),
  );
  agent.destroy();
  return { samples, seconds: (performance.now() - began) / 1000 };
}

/**
 * `rate` requests a second, whatever the answers do. A sample counts from when it should have been sent, so that a stall
 * shows in all requests it held up.
 */
export async function openLoop(job: Job, rate: number, seconds: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const began = performance.now();
  const pending: Promise<Sample>[] = [];
  for (let i = 0; i < rate * seconds; i++) {
    const due = began + (i * 1000) / rate;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    // A timer fires up to a millisecond late: only a delay beyond that is a stall.
    const late = Math.max(0, performance.now() - due - 1.5);
    pending.push(
      send(job, agent).then(({ totalMs, firstMs, ok }) => ({ totalMs: totalMs + late, firstMs: firstMs + late, ok })),
    );
  }
  const samples = await Promise.all(pending);
  agent.destroy();
  return { samples, seconds: (performance.now() - began) / 1000 };
}

function send({ url, headers, body, stream }: Job, agent: Agent): Promise<Sample> {
  return new Promise((resolve) => {
    const began = performance.now();
    let firstMs = 0;
    const done = (ok: boolean): void => resolve({ totalMs: performance.now() - began, firstMs, ok });
    const sent = request(
      url,
      { method: 'POST', agent, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (res) => {
        let isComplete = stream === undefined;
        res.on('data', (chunk: Buffer) => {
          if (firstMs === 0 && (!stream || chunk.includes(stream.first))) firstMs = performance.now() - began;
          isComplete ||= stream !== undefined && chunk.includes(stream.last);
        });
        res.on('end', () => done(res.statusCode === 200 && isComplete && firstMs > 0));
        res.on('error', () => done(false));
      },
    );
    sent.on('error', () => done(false));
    sent.end(body);
  });
}
