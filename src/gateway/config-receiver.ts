import type { LoadedPolicyConfig, RefusedPolicyConfig } from '../config/load-policy-config.js';
import type { PolicyConfig } from '../config/policy-config.js';
import type { Problem } from '../config/problem.js';
import { SHORT_REVISION_DIGITS } from '../config/revision.js';
import { unsupported } from '../config/unsupported.js';
import type { LogFacts } from '../core/logging.js';
import type { Gateway } from './gateway.js';
import type { Runtime, RuntimeParts } from './runtime.js';

/** What a source of configurations has to offer, as `loadPolicyConfig` says it. */
export type Offer = LoadedPolicyConfig | RefusedPolicyConfig;

/** What became of an offer. After a refusal, what was in force still is. */
export type Acknowledgement =
  | { readonly applied: true; readonly revision: string }
  | { readonly applied: false; readonly problems: readonly Problem[] };

/** Makes a runtime of a configuration, under its short revision. */
export type Compile = (
  config: PolicyConfig,
  identity: Pick<RuntimeParts, 'revision' | 'source' | 'hasDefaultBreaker'>,
) => Promise<Runtime>;

/** Takes configurations into force one after the other: validated, compiled aside, swapped. */
export class ConfigReceiver {
  readonly #gateway: Gateway;
  readonly #compile: Compile;
  #last: Promise<unknown> = Promise.resolve();

  constructor(gateway: Gateway, compile: Compile) {
    this.#gateway = gateway;
    this.#compile = compile;
  }

  /** @param source where the offer comes from, for people. */
  receive(offer: Offer, source: string): Promise<Acknowledgement> {
    const result = this.#last.then(() => this.#judge(offer, source));
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #judge(offer: Offer, source: string): Promise<Acknowledgement> {
    if (offer.config === undefined) return this.#refuse(offer.problems);
    const notBuilt = unsupported(offer);
    if (notBuilt.length > 0) return this.#refuse(notBuilt);
    return this.#apply(offer, source);
  }

  async #apply({ config, document, revision, problems }: LoadedPolicyConfig, source: string): Promise<Acknowledgement> {
    const { active, log, metrics } = this.#gateway;
    const identity = { revision: revision.slice(0, SHORT_REVISION_DIGITS), source };
    const hasDefaultBreaker = document.providers?.circuit_breaker === undefined;
    const runtime = await this.#compile(config, { ...identity, hasDefaultBreaker }).catch(
      (error: unknown) => new Unusable(source, error),
    );
    if (runtime instanceof Unusable) return this.#refuse([...problems, runtime.problem]);
    active.swap(runtime);
    metrics.configInfo.reset();
    metrics.configInfo.set({ pack: config.pack.name, revision: runtime.revision }, 1);
    metrics.configLastReloadSuccess.set(1);
    for (const problem of problems) log.warn(factsOf(problem), 'configuration warning');
    log.info({ pack: config.pack.name, version: config.pack.version, ...identity }, 'configuration applied');
    return { applied: true, revision: runtime.revision };
  }

  #refuse(problems: readonly Problem[]): Acknowledgement {
    const { active, log, metrics } = this.#gateway;
    metrics.configRejected.inc();
    metrics.configLastReloadSuccess.set(0);
    for (const problem of problems) log.error(factsOf(problem), 'configuration problem');
    log.error({ serving: active.current?.revision ?? null }, 'configuration refused');
    return { applied: false, problems };
  }
}

/** A configuration that is right in itself asks for what is not to be had here: a key, a directory. */
class Unusable {
  readonly problem: Problem;

  constructor(source: string, error: unknown) {
    const message = error instanceof Error ? error.message : String(error);
    this.problem = { code: 'not_usable', severity: 'error', path: '', message, file: source, line: 1, column: 1 };
  }
}

function factsOf({ file, line, column, code, path, message, suggestion }: Problem): LogFacts {
  return { file, line, column, code, path, problem: message, suggestion };
}
