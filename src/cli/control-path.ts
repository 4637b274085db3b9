import { join } from 'node:path';
import { variable, type Environment } from '../core/environment.js';
import { stateDirectory } from './state-directory.js';

/** Where the control socket is unless a flag says otherwise: `$XDG_RUNTIME_DIR/keeptrusts`, else the state directory. */
export function controlPath(stateDir: string | undefined, env: Environment): string {
  const runtime = variable(env, 'XDG_RUNTIME_DIR');
  const directory =
    stateDir === undefined && runtime !== undefined ? join(runtime, 'keeptrusts') : stateDirectory(stateDir, env);
  return join(directory, 'control.sock');
}
