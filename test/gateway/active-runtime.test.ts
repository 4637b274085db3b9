import { expect } from 'chai';
import { ActiveRuntime } from '../../src/gateway/active-runtime.js';
import { DOCUMENT, runtimeOf } from './gateway-fixture.js';
import { ScriptedProvider } from './scripted-provider.js';

describe('ActiveRuntime', () => {
  it('leases nothing while there is nothing', () => {
    expect(new ActiveRuntime().lease()).to.equal(undefined);
  });

  it('closes a runtime that was replaced when the last exchange on it has ended', async () => {
    const [old, next] = [new ScriptedProvider(), new ScriptedProvider()];
    const active = new ActiveRuntime();
    active.swap(await runtimeOf(DOCUMENT, old));
    const leases = [active.lease(), active.lease()];
    active.swap(await runtimeOf(DOCUMENT, next));
    leases[0]?.release();
    expect(old.closed).to.equal(false);
    leases[1]?.release();
    expect(old.closed).to.equal(true);
    expect(next.closed).to.equal(false);
  });

  it('closes one that nobody uses at once', async () => {
    const provider = new ScriptedProvider();
    const active = new ActiveRuntime();
    active.swap(await runtimeOf(DOCUMENT, provider));
    active.lease()?.release();
    expect(provider.closed).to.equal(false);
    active.swap(undefined);
    expect(provider.closed).to.equal(true);
    expect(active.current).to.equal(undefined);
  });
});

describe('createRuntime', () => {
  it('closes what it has made when a target cannot be made', async () => {
    const provider = new ScriptedProvider();
    const [target] = DOCUMENT.providers.targets;
    if (!target) throw new Error('no target');
    const document = { ...DOCUMENT, providers: { targets: [target, { ...target, id: 'bad' }] } };
    const make = (id: string): ScriptedProvider => {
      if (id === 'bad') throw new Error('cannot');
      return provider;
    };
    const failure = await runtimeOf(document, make).catch((error: unknown) => error);
    expect(failure).to.be.an('error').with.property('message', 'cannot');
    expect(provider.closed).to.equal(true);
  });
});
