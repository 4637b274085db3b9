import { BEDROCK_OPERATIONS, STS_OPERATIONS, type Call } from '../call.js';
import { integer, number, oneOf, string, struct, type Infer } from '../shapes/shape.js';
import type { Random } from '../random.js';

/** Which calls a rule is about; a member that is absent matches all. */
export const callMatch = struct(
  {},
  {
    /** Model id or ARN; `*` stands for any run of characters. */
    model: string({ min: 1 }),
    operation: oneOf(...BEDROCK_OPERATIONS, ...STS_OPERATIONS),
    region: string({ min: 1 }),
    /** Skips the matching calls before the nth (from 1); without `times` it is then about that one alone. */
    nth: integer({ min: 1 }),
    /** Stops after so many. */
    times: integer({ min: 1 }),
    /** Lets this share of the matching calls through to the rule. */
    probability: number({ min: 0, max: 1 }),
  },
);

export type CallMatch = Infer<typeof callMatch>;

/** Counts the calls that match, and says for each whether the rule applies. */
export class MatchCounter {
  readonly #match: CallMatch;
  readonly #model: RegExp | undefined;
  readonly #random: Random;
  #seen = 0;
  #applied = 0;

  constructor(match: CallMatch, random: Random) {
    this.#match = match;
    this.#model = match.model === undefined ? undefined : globPattern(match.model);
    this.#random = random;
  }

  applies(call: Pick<Call, 'model' | 'operation' | 'region'>): boolean {
    const { operation, region, nth = 1, probability } = this.#match;
    if (operation !== undefined && operation !== call.operation) return false;
    if (region !== undefined && region !== call.region) return false;
    if (this.#model && !this.#model.test(call.model)) return false;
    this.#seen += 1;
    if (this.#seen < nth) return false;
    const times = this.#match.times ?? (this.#match.nth === undefined ? Infinity : 1);
    if (this.#applied >= times) return false;
    if (probability !== undefined && this.#random.next() >= probability) return false;
    this.#applied += 1;
    return true;
  }
}

function globPattern(glob: string): RegExp {
  const escaped = glob.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${escaped.join('.*')}$`, 's');
}
