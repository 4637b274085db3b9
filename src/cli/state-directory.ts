import { join, resolve } from 'node:path';
import { variable, type Environment } from '../core/environment.js';

/**
 * Where the gateway keeps what must outlive it and is nobody else's to read: keys, budgets. The flag, else `KEEPTRUSTS_STATE_DIR`,
 * else the place that the XDG specification names.
 * @see https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function stateDirectory(flag: string | undefined, env: Environment): string {
  const named = flag ?? variable(env, 'KEEPTRUSTS_STATE_DIR');
  if (named !== undefined) return resolve(named);
  const state = variable(env, 'XDG_STATE_HOME');
  if (state !== undefined) return join(state, 'keeptrusts');
  const home = variable(env, 'HOME');
  return home === undefined ? resolve('.keeptrusts') : join(home, '.local', 'state', 'keeptrusts');
}
