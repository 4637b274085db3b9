import { expect } from 'chai';
import fc from 'fast-check';
import type { AwsIdentity, AwsKeys } from '../../../../src/gateway/providers/credentials/aws-identity.js';
import {
  credentialFailure,
  type CredentialFailure,
} from '../../../../src/gateway/providers/credentials/credential-failure.js';
import { ManagedCredential } from '../../../../src/gateway/providers/credentials/managed-credential.js';
import { Random } from '../../../../src/simulator/random.js';
import { FakeClock } from '../../../core/fake-clock.js';
import { thrown } from '../../../thrown.js';

const MINUTE = 60_000;
const { signal } = new AbortController();

/** Issues numbered keys of an hour, or fails as it is told to. */
class Issuer {
  readonly clock = new FakeClock();
  attempts = 0;
  failure: CredentialFailure | undefined;
  lifeMs = 60 * MINUTE;
  same = false;
  readonly seen: string[] = [];
  readonly expiries: (number | undefined)[] = [];
  #held: (() => void)[] | undefined;

  /** Attempts wait until they are let go. */
  hold(): void {
    this.#held = [];
  }

  letGo(): void {
    for (const go of this.#held ?? []) go();
    this.#held = undefined;
  }

  credential(random: () => number = () => 0.5): ManagedCredential {
    return new ManagedCredential({
      origin: 'irsa',
      fetch: () => this.#issue(),
      clock: this.clock,
      random,
      observer: {
        refreshed: (origin, result) => void this.seen.push(`${origin} ${result}`),
        expiry: (_origin, at) => void this.expiries.push(at),
      },
    }).start();
  }

  async #issue(): Promise<AwsKeys> {
    const number = ++this.attempts;
    if (this.#held) await new Promise<void>((go) => this.#held?.push(go));
    if (this.failure) throw credentialFailure(this.failure, 'role "x"', 'no.');
    return {
      kind: 'keys',
      accessKeyId: this.same ? 'KEY' : `KEY${number}`,
      secretAccessKey: 'secret',
      ...(this.lifeMs !== Infinity && { expiresAt: this.clock.now() + this.lifeMs }),
    };
  }
}

describe('ManagedCredential', () => {
  let issuer: Issuer;
  beforeEach(() => {
    issuer = new Issuer();
  });

  it('fetches before anybody asks', async () => {
    const credential = issuer.credential();
    await issuer.clock.advance(1_000);
    expect(credential.describe()).to.include({ state: 'ready' });
  });

  it('fetches once for all who ask meanwhile', async () => {
    issuer.hold();
    const credential = issuer.credential();
    const asking = Array.from({ length: 50 }, () => credential.get(signal));
    expect(credential.describe()).to.deep.equal({
      origin: 'irsa',
      state: 'pending',
      refreshes: { succeeded: 0, failed: 0 },
    });
    issuer.letGo();
    expect(new Set((await Promise.all(asking)).map(keyOf))).to.deep.equal(new Set(['KEY1']));
    expect(issuer.attempts).to.equal(1);
  });

  it('lets a caller leave while the fetch goes on for the others', async () => {
    issuer.hold();
    const credential = issuer.credential();
    const leaving = new AbortController();
    const left = thrown(credential.get(leaving.signal));
    const stayed = credential.get(signal);
    leaving.abort(new Error('left'));
    expect((await left).message).to.equal('left');
    issuer.letGo();
    expect(keyOf(await stayed)).to.equal('KEY1');
  });

  for (const [die, minutes] of [
    [0, 24],
    [0.5, 30],
    [0.999, 36],
  ] as const) {
    it(`refreshes after ${minutes} minutes of an hour when the die shows ${die}`, async () => {
      const credential = issuer.credential(() => die);
      await issuer.clock.advance(minutes * MINUTE - 1_000);
      expect(keyOf(await credential.get(signal))).to.equal('KEY1');
      await issuer.clock.advance(2_000);
      expect(keyOf(await credential.get(signal))).to.equal('KEY2');
      expect(issuer.seen).to.deep.equal(['irsa ok', 'irsa ok']);
    });
  }

  it('loses no request to an outage of 20 minutes, whenever it begins and however the dice fall', async () => {
    const outage = fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.integer(), async (begin, seed) => {
      issuer = new Issuer();
      const random = new Random(seed);
      const credential = issuer.credential(() => random.next());
      for (let minute = 0; minute < 90; minute++) {
        issuer.failure = minute >= begin && minute < begin + 20 ? 'sts_unreachable' : undefined;
        await issuer.clock.advance(MINUTE);
        await credential.get(signal);
      }
      credential.close();
    });
    await fc.assert(outage, { numRuns: 60 });
  });

  it('serves until the true expiry, then says why there is nothing, and recovers by itself', async () => {
    const credential = issuer.credential();
    await credential.get(signal);
    await issuer.clock.advance(MINUTE);
    issuer.failure = 'access_denied';
    await issuer.clock.advance(59 * MINUTE - 1);
    expect(keyOf(await credential.get(signal))).to.equal('KEY1');
    expect(credential.describe()).to.include({ state: 'ready' }).and.have.property('failure');
    await issuer.clock.advance(1);
    const error = await thrown(credential.get(signal));
    expect(error).to.include({ reason: 'upstream_authentication', detail: 'access_denied' });
    expect(credential.describe()).to.include({ state: 'failing' });

    issuer.failure = undefined;
    await issuer.clock.advance(30_000);
    expect(keyOf(await credential.get(signal))).to.match(/^KEY/);
    expect(credential.describe()).to.include({ state: 'ready' }).and.not.have.property('failure');
  });

  it('tells callers at once of a failure instead of asking again for each', async () => {
    issuer.failure = 'sts_unreachable';
    const credential = issuer.credential();
    await issuer.clock.advance(0);
    for (let call = 0; call < 100; call++) await thrown(credential.get(signal));
    expect(issuer.attempts).to.equal(1);
  });

  it('asks less and less often while it fails, and counts why', async () => {
    issuer.failure = 'throttled';
    issuer.credential(() => 0.999);
    await issuer.clock.advance(10 * MINUTE);
    // 1, 2, 4, 8, 16, then every 30 seconds.
    expect(issuer.attempts).to.be.within(23, 26);
    expect(new Set(issuer.seen)).to.deep.equal(new Set(['irsa throttled']));
  });

  it('looks for a missing file every two seconds at most', async () => {
    issuer.failure = 'token_missing';
    const credential = issuer.credential(() => 0.999);
    await issuer.clock.advance(MINUTE);
    issuer.failure = undefined;
    await issuer.clock.advance(2_000);
    await credential.get(signal);
  });

  it('uses what has just been issued although its date lies in the past', async () => {
    issuer.lifeMs = -10 * MINUTE;
    const credential = issuer.credential();
    await issuer.clock.advance(0);
    for (let call = 0; call < 10; call++) expect(keyOf(await credential.get(signal))).to.equal('KEY1');
    await issuer.clock.advance(31_000);
    expect(issuer.attempts).to.equal(2);
  });

  it('keeps what has no end without asking again', async () => {
    issuer.lifeMs = Infinity;
    const credential = issuer.credential();
    await issuer.clock.advance(30 * 24 * 60 * MINUTE);
    expect(issuer.attempts).to.equal(1);
    expect(credential.describe()).to.not.have.property('expiresAt');
    expect(issuer.expiries).to.deep.equal([undefined]);
  });

  it('stops when it is closed', async () => {
    const credential = issuer.credential();
    await credential.get(signal);
    credential.close();
    await issuer.clock.advance(24 * 60 * MINUTE);
    expect(issuer.attempts).to.equal(1);
  });

  describe('replace', () => {
    it('fetches once for all whose credentials AWS refused', async () => {
      const credential = issuer.credential();
      const used = await credential.get(signal);
      await issuer.clock.advance(MINUTE);
      const fresh = await Promise.all(Array.from({ length: 20 }, () => credential.replace(used, signal)));
      expect(new Set(fresh.map(keyOf))).to.deep.equal(new Set(['KEY2']));
      expect(keyOf(await credential.replace(used, signal))).to.equal('KEY2');
      expect(issuer.attempts).to.equal(2);
    });

    it('gives back what is too young to be the reason', async () => {
      const credential = issuer.credential();
      const used = await credential.get(signal);
      expect(await credential.replace(used, signal)).to.equal(used);
      expect(issuer.attempts).to.equal(1);
    });

    it('gives back the same identity when the source yields the same keys', async () => {
      issuer.same = true;
      const credential = issuer.credential();
      const used = await credential.get(signal);
      await issuer.clock.advance(MINUTE);
      expect(await credential.replace(used, signal)).to.equal(used);
      expect(issuer.attempts).to.equal(2);
    });

    it('does not serve again what AWS refused, even when no other can be had', async () => {
      const credential = issuer.credential();
      const used = await credential.get(signal);
      await issuer.clock.advance(MINUTE);
      issuer.failure = 'sts_unreachable';
      expect(await thrown(credential.replace(used, signal))).to.include({ detail: 'sts_unreachable' });
      expect(await thrown(credential.get(signal))).to.include({ detail: 'sts_unreachable' });
      expect(issuer.attempts).to.equal(2);
    });
  });
});

function keyOf(identity: AwsIdentity): string {
  return identity.kind === 'keys' ? identity.accessKeyId : identity.token;
}
