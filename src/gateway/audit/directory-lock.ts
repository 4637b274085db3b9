import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isErrno } from './signing-key.js';

/**
 * Keeps a log's folder to one process: two writers would break the chain. The lock of a process that has died is taken over.
 * @returns a function that lets go.
 * @throws Error naming the process that holds it.
 */
export function lockDirectory(directory: string, pid: number): () => void {
  const path = join(directory, 'lock');
  for (let attempt = 0; ; attempt++) {
    try {
      writeFileSync(path, `${pid} ${startOf(pid)}\n`, { flag: 'wx', mode: 0o600 });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (!isErrno(error, 'EEXIST') || attempt === 1) throw error;
    }
    const [holder = '', started = ''] = readFileSync(path, 'utf8').trim().split(' ');
    if (isAlive(Number(holder), started)) throw new Error(`${directory}: the audit log is in use by process ${holder}`);
    rmSync(path, { force: true });
  }
}

/** Alive, and not another process that was given the same number since. */
function isAlive(pid: number, started: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return isErrno(error, 'EPERM');
  }
  return started === '' || startOf(pid) === started;
}

/** When a process started, in clock ticks since boot; empty where /proc does not say. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
