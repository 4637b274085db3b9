import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { obey } from '../gateway/control/breaker-control.js';
import { openControlSocket, SocketInUse, type ControlSocket } from '../gateway/control/control-socket.js';
import type { Gateway } from '../gateway/gateway.js';
import { CommandError, EXIT, type CommandContext } from './command-context.js';
import { controlPath } from './control-path.js';
import type { GatewayRunFlags } from './gateway-command.js';

/**
 * The socket that `kt breaker` talks to. Where the default cannot be had the gateway goes without, or beside another gateway has one
 * that bears its process id, and the log says so; a path that was asked for must be had.
 */
export async function openControl(
  gateway: Gateway,
  { controlSocket, stateDir }: Pick<GatewayRunFlags, 'controlSocket' | 'stateDir'>,
  { env }: CommandContext,
): Promise<ControlSocket | undefined> {
  if (controlSocket === 'off') return undefined;
  const path = controlSocket ?? controlPath(stateDir, env);
  const handle = (request: unknown): object => obey(gateway, request);
  try {
    if (controlSocket === undefined) await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    return await openControlSocket(path, handle);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (controlSocket !== undefined) throw new CommandError(`cannot open the control socket: ${why}`, EXIT.failure);
    if (error instanceof SocketInUse) {
      const own = path.replace(/\.sock$/, `-${process.pid}.sock`);
      gateway.log.warn({ taken: path, control: own }, 'default control socket is taken; using another');
      return openControlSocket(own, handle);
    }
    gateway.log.warn({ control: path, why }, 'no control socket: circuits cannot be changed by hand');
    return undefined;
  }
}
