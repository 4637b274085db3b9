import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { calibrated } from '../../../../src/gateway/policies/injection/calibration.js';
import { compileLexicons } from '../../../../src/gateway/policies/injection/compile-lexicons.js';
import { decodeLexicon, encodeLexicon } from '../../../../src/gateway/policies/injection/compiled-lexicon.js';
import { loadInjectionModel, readInjectionModel } from '../../../../src/gateway/policies/injection/injection-model.js';
import { LEXICONS } from '../../../../src/gateway/policies/injection/lexicons.js';
import { decodeLinearModel } from '../../../../src/gateway/policies/text/linear-model.js';

const folder = new URL('../../../../src/gateway/policies/injection/model/', import.meta.url);
const lexicon = readFileSync(new URL('lexicon.bin', folder));
const model = readFileSync(new URL('injection.bin', folder));

describe('the shipped models', () => {
  it('hold the lexicons as they are written', () => {
    expect(encodeLexicon(compileLexicons(LEXICONS)).equals(lexicon), "run 'npm run train' after a change").to.equal(
      true,
    );
  });

  it('are refused when a byte differs', () => {
    for (const [file, decode] of [
      [lexicon, decodeLexicon],
      [model, decodeLinearModel],
    ] as const) {
      const broken = Buffer.from(file);
      broken[broken.length - 5] = (broken.at(-5) ?? 0) ^ 1;
      expect(() => decode(broken, 'x.bin')).to.throw('x.bin: checksum is');
    }
  });

  it('are refused when they were trained for other rules', () => {
    const { heads, about } = decodeLinearModel(model, 'x.bin');
    expect(() => readInjectionModel({ heads, about: { ...about, ruleIds: ['a'] } }, 'x.bin')).to.throw('other rules');
    expect(() => readInjectionModel({ heads: heads.slice(1), about }, 'x.bin')).to.throw('weights for grams, got none');
  });

  it('stay under 3 MB', () => {
    expect(lexicon.length + model.length).to.be.below(3 * 2 ** 20);
  });
});

describe('calibrated', () => {
  const { knots } = loadInjectionModel();

  it('gives the knots their scores', () => {
    for (const [raw, score] of knots) expect(calibrated(raw, knots)).to.be.closeTo(score, 1e-9);
  });

  it('rises with the raw score and stays within 0 and 1', () => {
    let before = 0;
    for (let raw = -40; raw < 60; raw += 0.25) {
      const score = calibrated(raw, knots);
      expect(score).to.be.within(before, 1);
      before = score;
    }
  });
});
