// `kt gateway run`: everything that lives as long as the process is made here and handed down.
import { once } from 'node:events';
import { FileWatch } from '../config/file-watch.js';
import type { PolicyConfig } from '../config/policy-config.js';
import { readPolicyConfig } from '../config/read-policy-config.js';
import { unsupported } from '../config/unsupported.js';
import { formatAddress } from '../core/address.js';
import { systemClock } from '../core/clock.js';
import { createLogger, errorFacts } from '../core/logging.js';
import { AuditSinks, type Audit } from '../gateway/audit/audit-sinks.js';
import { ConfigReceiver, type Compile, type Offer } from '../gateway/config-receiver.js';
import { openConnector, type Connector } from '../gateway/connect-target.js';
import { drain } from '../gateway/drain.js';
import type { ControlSocket } from '../gateway/control/control-socket.js';
import { createGateway, type Gateway } from '../gateway/gateway.js';
import { createAdminApp } from '../gateway/http/admin-app.js';
import { createDataApp } from '../gateway/http/data-app.js';
import { collectProcessMetrics, watchLoopLag } from '../gateway/metrics/process-metrics.js';
import { auditMetrics } from '../gateway/metrics/audit-metrics.js';
import { policyMetrics } from '../gateway/metrics/policy-metrics.js';
import { createRuntime } from '../gateway/runtime.js';
import type { Chain } from '../gateway/policies/chain/chain.js';
import { compileChain } from '../gateway/policies/compile-chain.js';
import { CommandError, type CommandContext } from './command-context.js';
import { formatProblem } from './format-problem.js';
import type { GatewayRunFlags } from './gateway-command.js';
import { stateDirectory } from './state-directory.js';
import { openControl } from './gateway-control.js';
import { openAdminPort, openDataPorts, warnOfOpenPorts } from './gateway-ports.js';

/** Serves until told to stop. */
export async function runGateway(flags: GatewayRunFlags, context: CommandContext): Promise<void> {
  const clock = systemClock;
  const watch = await FileWatch.from(flags.policyConfig, clock);
  const offer = await readPolicyConfig(flags.policyConfig);
  refuseProblems(offer, context);

  const loopLag = watchLoopLag();
  const log = createLogger({ destination: context.stderr, level: flags.logLevel, clock });
  // Node's own report would have the message, which might quote a prompt.
  context.onCrash((error) => log.error({ bug: errorFacts(error) }, 'crash'));
  const gateway = createGateway({ clock, log, random: Math.random, loopLag });
  collectProcessMetrics(gateway.metrics.registry);
  const receiver = new ConfigReceiver(gateway, await compiler(gateway, flags, context));
  const admin = await openAdminPort(createAdminApp(gateway), flags.admin, log);
  let control: ControlSocket | undefined;
  try {
    const { applied } = await receiver.receive(offer, sourceOf(flags.policyConfig));
    if (!applied) throw new CommandError('the configuration cannot be used');
    control = await openControl(gateway, flags, context);
    const data = await openDataPorts(createDataApp(gateway), flags.listen);
    // Before anybody knows of the process: a SIGHUP without a listener would end it.
    const reload = reloader(flags, gateway, receiver);
    context.onHangup(() => void reload('SIGHUP'));
    watch.follow(() => void reload('file changed'));
    const addresses = data.map(({ address }) => formatAddress(address));
    const announcement = { event: 'listening', data: addresses, admin: admin ? formatAddress(admin.address) : null };
    context.stdout.write(`${JSON.stringify(announcement)}\n`);
    if (gateway.active.current?.config.server.auth.mode === 'none') warnOfOpenPorts(data, log);

    warmUp(gateway);
    if (!context.stop.aborted) await once(context.stop, 'abort');
    watch.close();
    log.info({ signal: String(context.stop.reason), under_way: gateway.inFlight.count }, 'stopping');
    const deadlineMs = flags.drainSeconds * 1000;
    const cut = await drain({
      inFlight: gateway.inFlight,
      listeners: data,
      deadlineMs,
      stopNow: context.stopNow,
      clock,
    });
    log.info({ cut }, 'stopped');
  } finally {
    gateway.active.swap(undefined);
    await gateway.active.closed();
    await control?.close();
    admin?.cut();
    await admin?.close();
    loopLag.stop();
  }
}

/** @throws CommandError when the gateway cannot start with this configuration, after saying everything that is wrong with it. */
function refuseProblems(offer: Offer, { stderr }: CommandContext): void {
  const problems = offer.config === undefined ? offer.problems : unsupported(offer);
  if (problems.length === 0) return;
  for (const problem of problems) stderr.write(`${formatProblem(problem, undefined)}\n\n`);
  throw new CommandError(
    `the configuration cannot be used: ${problems.length} problem${problems.length === 1 ? '' : 's'}`,
  );
}

/** @throws CommandError when the environment has a setting that cannot be used. */
async function compiler(
  { clock, credentials, metrics, routing, log }: Gateway,
  { stateDir }: GatewayRunFlags,
  { env, stdout }: CommandContext,
): Promise<Compile> {
  const { connect, guardrail } = await openConnector({ env, clock, random: Math.random, credentials }).catch(
    (error: unknown) => {
      throw new CommandError(error instanceof Error ? error.message : String(error));
    },
  );
  const policyObserver = policyMetrics(metrics);
  const audits = new AuditSinks({
    stateDirectory: stateDirectory(stateDir, env),
    stdout,
    clock,
    observe: (sink) => auditMetrics(metrics, sink),
    pid: process.pid,
  });
  return async (config, identity) => {
    const openAudit = async (): Promise<Audit | undefined> => {
      if (!config.policies.chain.includes('audit-logger')) return undefined;
      const audit = await audits.acquire(config.policy['audit-logger']);
      const { sink, directory } = audit.settings;
      log.info({ sink, directory, public_key: audit.installation.publicKeyFile }, 'audit log open');
      return audit;
    };
    const chain = await openChain(config, guardrail, env);
    return createRuntime(config, { ...identity, chain, policyObserver, openAudit, connect, routing, clock });
  };
}

/** @throws what compiling throws; nothing stays open then. */
async function openChain(
  config: PolicyConfig,
  guardrail: Connector['guardrail'],
  env: CommandContext['env'],
): Promise<Chain> {
  const { policies, policy } = config;
  const settings = policies.chain.includes('bedrock-guardrail') ? policy['bedrock-guardrail'] : undefined;
  const opened = settings && (await guardrail(settings));
  try {
    const chain = compileChain(config, env, opened?.policy);
    return { ...chain, close: () => opened?.close() };
  } catch (error) {
    opened?.close();
    throw error;
  }
}

/** What loads the files again. What is wrong with them then, the log says. */
function reloader({ policyConfig }: GatewayRunFlags, { log }: Gateway, receiver: ConfigReceiver) {
  return async (why: string): Promise<void> => {
    log.info({ why }, 'loading the configuration again');
    try {
      await receiver.receive(await readPolicyConfig(policyConfig), sourceOf(policyConfig));
    } catch (error) {
      log.error({ bug: errorFacts(error) }, 'the configuration could not be loaded');
    }
  };
}

/** Loads what the first request would wait for. A failure shows in that request. */
function warmUp({ active, log }: Gateway): void {
  for (const { id, warmUp } of active.current?.targets ?? []) {
    warmUp?.().catch((error: unknown) => log.warn({ target: id, bug: errorFacts(error) }, 'warm-up failed'));
  }
}

function sourceOf(paths: readonly string[]): string {
  return `file ${paths.join(', ')}`;
}
