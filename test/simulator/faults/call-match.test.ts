import { expect } from 'chai';
import { MatchCounter, type CallMatch } from '../../../src/simulator/faults/call-match.js';
import { Random } from '../../../src/simulator/random.js';

const CALL = { model: 'anthropic.claude-3-haiku-20240307-v1:0', operation: 'Converse', region: 'us-east-1' } as const;

/** `x` for each of `count` equal calls that a rule applies to, `.` for the others. */
function applied(match: CallMatch, count: number, seed = 1): string {
  const counter = new MatchCounter(match, new Random(seed));
  return Array.from({ length: count }, () => (counter.applies(CALL) ? 'x' : '.')).join('');
}

describe('MatchCounter', () => {
  for (const [match, expected] of [
    [{}, 'xxxx'],
    [{ nth: 2 }, '.x..'],
    [{ nth: 2, times: 2 }, '.xx.'],
    [{ times: 1 }, 'x...'],
    [{ operation: 'Converse' }, 'xxxx'],
    [{ operation: 'ConverseStream' }, '....'],
    [{ region: 'us-east-1' }, 'xxxx'],
    [{ region: 'eu-west-1' }, '....'],
    [{ model: CALL.model }, 'xxxx'],
    [{ model: 'anthropic.*' }, 'xxxx'],
    [{ model: '*haiku*v1:0' }, 'xxxx'],
    [{ model: 'anthropic' }, '....'],
    [{ model: 'anthropic?claude*' }, '....'],
    [{ probability: 0 }, '....'],
    [{ probability: 1 }, 'xxxx'],
    [{ probability: 0.999, times: 2 }, 'xx..'],
  ] as const) {
    it(`applies ${JSON.stringify(match)} as ${expected}`, () => {
      expect(applied(match, 4)).to.equal(expected);
    });
  }

  it('counts only the calls that match', () => {
    const counter = new MatchCounter({ region: 'eu-west-1', nth: 2 }, new Random(1));
    const regions = ['us-east-1', 'eu-west-1', 'us-east-1', 'eu-west-1', 'eu-west-1'];
    expect(regions.map((region) => counter.applies({ ...CALL, region }))).to.deep.equal([
      false,
      false,
      false,
      true,
      false,
    ]);
  });

  it('draws by the seed', () => {
    const match = { probability: 0.5 };
    expect(applied(match, 40)).to.equal(applied(match, 40));
    expect(applied(match, 40)).not.to.equal(applied(match, 40, 2));
  });
});
