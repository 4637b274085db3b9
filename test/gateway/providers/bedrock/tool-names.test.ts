import { expect } from 'chai';
import fc from 'fast-check';
import { ToolNames } from '../../../../src/gateway/providers/bedrock/tool-names.js';

const VALID = /^[a-zA-Z0-9_-]{1,64}$/;

describe('ToolNames', () => {
  it('never changes a name that Bedrock takes', () => {
    const name = 'a'.repeat(64);
    expect(new ToolNames([name]).bedrock(name)).to.equal(name);
  });

  it('rewrites other names legibly, and turns them back', () => {
    const names = new ToolNames(['get weather']);
    expect(names.bedrock('get weather')).to.match(/^get_weather_[0-9a-f]{8}$/);
    expect(names.caller(names.bedrock('get weather'))).to.equal('get weather');
  });

  it('leaves names that the request never said as they are', () => {
    expect(new ToolNames([]).caller('invented')).to.equal('invented');
  });

  it('finds a name that no tool has', () => {
    expect(new ToolNames(['a']).unused('json_answer')).to.equal('json_answer');
    expect(new ToolNames(['json_answer', 'json_answer_2']).unused('json_answer')).to.equal('json_answer_3');
  });

  it('gives any names distinct valid ones that lead back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 100 }), { maxLength: 20 }), (callers) => {
        const names = new ToolNames(callers);
        const bedrocks = callers.map((name) => names.bedrock(name));
        expect(new Set(bedrocks).size).to.equal(callers.length);
        for (const name of bedrocks) expect(name).to.match(VALID);
        expect(bedrocks.map((name) => names.caller(name))).to.deep.equal(callers);
      }),
    );
  });

  it('gives way to a valid name that looks like a rewritten one', () => {
    const rewritten = new ToolNames(['a b']).bedrock('a b');
    const names = new ToolNames(['a b', rewritten]);
    expect(names.bedrock(rewritten)).to.equal(rewritten);
    expect(names.bedrock('a b')).not.to.equal(rewritten);
  });
});
