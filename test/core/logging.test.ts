import { expect } from 'chai';
import { createLogger, errorFacts } from '../../src/core/logging.js';
import { FakeClock } from './fake-clock.js';

describe('createLogger', () => {
  const logged = (level?: 'debug' | 'error'): { lines: string[]; logger: ReturnType<typeof createLogger> } => {
    const lines: string[] = [];
    const destination = { write: (line: string) => lines.push(line) };
    return { lines, logger: createLogger({ destination, clock: new FakeClock(0), ...(level && { level }) }) };
  };

  it('writes one JSON object a line, with the time of its clock', () => {
    const { lines, logger } = logged();
    logger.info({ request_id: 'r1' }, 'answered');
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/\n$/);
    expect(JSON.parse(lines[0] ?? '')).to.deep.equal({
      level: 'info',
      time: '1970-01-01T00:00:00.000Z',
      request_id: 'r1',
      msg: 'answered',
    });
  });

  it('passes over what is below its level', () => {
    const { lines, logger } = logged('error');
    logger.warn({}, 'hm');
    expect(lines).to.deep.equal([]);
  });
});

describe('errorFacts', () => {
  it('names class, code, place and cause, and never a message', () => {
    const cause = Object.assign(new TypeError('secret one'), { code: 'ERR_X' });
    const facts = errorFacts(new RangeError('secret two\n    at secret (three:1:1)', { cause }));
    expect(facts).to.include({ name: 'RangeError' });
    expect(facts['cause']).to.include({ name: 'TypeError', code: 'ERR_X' });
    expect(JSON.stringify(facts)).to.include('logging.test.ts').and.not.include('secret');
  });

  it('leaves out the place when the message was changed after the throw', () => {
    const error = new Error('secret');
    expect(error.stack).to.include('secret');
    error.message = 'other';
    expect(errorFacts(error)).to.deep.equal({ name: 'Error' });
  });

  it('ends with a chain of causes that is a circle', () => {
    const error = new Error('a');
    error.cause = error;
    expect(JSON.stringify(errorFacts(error))).to.be.a('string');
  });

  it('says the type of what is no error', () => {
    expect(errorFacts('secret')).to.deep.equal({ name: 'string' });
  });
});
