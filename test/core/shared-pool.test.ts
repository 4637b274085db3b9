import { expect } from 'chai';
import { SharedPool } from '../../src/core/shared-pool.js';

class Client {
  closed = 0;

  close(): void {
    this.closed++;
  }
}

describe('SharedPool', () => {
  it('makes one thing a key', () => {
    const pool = new SharedPool<Client>();
    const [first, second, other] = [pool.acquire('a', make), pool.acquire('a', make), pool.acquire('b', make)];
    expect(second.value).to.equal(first.value);
    expect(other.value).to.not.equal(first.value);
    expect(pool.size).to.equal(2);
  });

  it('closes a thing behind its last holder, once', () => {
    const pool = new SharedPool<Client>();
    const [first, second] = [pool.acquire('a', make), pool.acquire('a', make)];
    first.release();
    first.release();
    expect(second.value.closed).to.equal(0);
    second.release();
    expect(second.value.closed).to.equal(1);
    expect(pool.size).to.equal(0);
  });

  it('makes a thing anew after the old one was closed', () => {
    const pool = new SharedPool<Client>();
    const first = pool.acquire('a', make);
    first.release();
    expect(pool.acquire('a', make).value).to.not.equal(first.value);
  });

  it('holds nothing when making fails', () => {
    const pool = new SharedPool<Client>();
    const fail = (): Client => {
      throw new Error('no');
    };
    expect(() => pool.acquire('a', fail)).to.throw('no');
    expect(pool.size).to.equal(0);
  });
});

function make(): Client {
  return new Client();
}
