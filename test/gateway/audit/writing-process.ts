// A process that appends records as fast as it can and says on stdout which of them it would have answered. Killed by a test.
import { FileSink } from '../../../src/gateway/audit/file-sink.js';
import { exchange, sinkOptions, streamClose, streamOpen } from './sample-log.js';

const [root = '', round = '0'] = process.argv.slice(2);
const sink = await FileSink.open(sinkOptions(root, { maxSegmentBytes: 200_000, immutable: Number(round) % 2 === 1 }));

async function caller(name: string): Promise<never> {
  for (let i = 0; ; i++) {
    const id = `${round}-${name}-${i}`;
    if (i % 5 === 0) {
      await sink.append(streamOpen(id));
      process.stdout.write(`${id}\n`);
      await sink.append(streamClose(id));
    } else {
      await sink.append(exchange(id));
      process.stdout.write(`${id}\n`);
    }
  }
}

await Promise.all(['a', 'b', 'c', 'd'].map(caller));
