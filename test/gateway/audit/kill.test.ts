import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { readLog } from '../../../src/gateway/audit/read-log.js';
import { verifySample } from './sample-log.js';
import { inTempDirectory } from './temp-directory.js';

/** `npm run soak` asks for hundreds. */
const ROUNDS = Number(process.env['KT_KILL_ROUNDS'] ?? 20);

describe('a log whose writer is killed', () => {
  it(`verifies and holds every answered record, ${ROUNDS} times on the same log`, async function () {
    this.timeout(20_000 + ROUNDS * 5_000);
    await inTempDirectory(async (root) => {
      const answered = new Set<string>();
      for (let round = 0; round < ROUNDS; round++) {
        for (const id of await writeUntilKilled(root, round, 1 + Math.floor(Math.random() * 400))) answered.add(id);
        const result = await verifySample(root);
        expect(result.ok, `round ${round}: ${JSON.stringify(result.first_bad)}`).to.equal(true);
      }
      const recorded = new Set<unknown>();
      for await (const { entry } of readLog(join(root, 'log'))) recorded.add(entry['id']);
      expect([...answered].filter((id) => !recorded.has(id))).to.deep.equal([]);
      expect(answered.size).to.be.greaterThan(ROUNDS);
    });
  });
});

/** Kills the writer when it has answered `answers` records; resolves with their ids. */
function writeUntilKilled(root: string, round: number, answers: number): Promise<string[]> {
  const program = join(import.meta.dirname, 'writing-process.ts');
  const writer = spawn(process.execPath, ['--import', 'tsx', program, root, String(round)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    let text = '';
    writer.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.split('\n').length > answers) writer.kill('SIGKILL');
    });
    writer.on('error', reject);
    writer.on('close', (_code, signal) => {
      if (signal === 'SIGKILL') resolve(text.split('\n').slice(0, -1));
      else reject(new Error(`the writer ended by itself in round ${round}`));
    });
  });
}
