import { shortHash } from './short-hash.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolSpecification.html */
const BEDROCK_NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const MAX_LENGTH = 64;

/**
 * The names of one request's tools on both sides. A name that Bedrock takes is never changed; any other is rewritten, the same
 * way in tools, history and choice, and turned back in the answer.
 */
export class ToolNames {
  readonly #toBedrock = new Map<string, string>();
  readonly #toCaller = new Map<string, string>();

  /** @param names every tool name that the request says, declared or called. */
  constructor(names: Iterable<string>) {
    const invalid: string[] = [];
    for (const name of names) {
      if (BEDROCK_NAME.test(name)) this.#pair(name, name);
      else invalid.push(name);
    }
    // Behind the valid ones, so that no rewritten name takes the place of one that is already right.
    for (const name of invalid) this.#pair(name, this.unused(rewritten(name)));
  }

  bedrock(callersName: string): string {
    return this.#toBedrock.get(callersName) ?? callersName;
  }

  /** A name the request never said is returned as the model wrote it. */
  caller(bedrocksName: string): string {
    return this.#toCaller.get(bedrocksName) ?? bedrocksName;
  }

  /** `name`, or `name` with a number if a tool of the request has it. */
  unused(name: string): string {
    let candidate = name;
    for (let n = 2; this.#toCaller.has(candidate); n++) candidate = `${name.slice(0, MAX_LENGTH - 4)}_${n}`;
    return candidate;
  }

  #pair(callersName: string, bedrocksName: string): void {
    if (this.#toBedrock.has(callersName)) return;
    this.#toBedrock.set(callersName, bedrocksName);
    this.#toCaller.set(bedrocksName, callersName);
  }
}

function rewritten(name: string): string {
  const hash = shortHash(name);
  return `${name.replace(/[^a-zA-Z0-9_-]/g, '_').slice(0, MAX_LENGTH - 1 - hash.length)}_${hash}`;
}
