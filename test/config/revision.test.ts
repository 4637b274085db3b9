import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { loadPolicyConfig } from '../../src/config/load-policy-config.js';
import { canonicalJson } from '../../src/config/revision.js';
import { isObject } from '../../src/core/json.js';

const BLOCK = `
# A comment.
providers:
  targets:
    - model: 'm' # another
      id: one
      provider: aws-bedrock
      timeout_seconds: 30.0
pack: {version: "1.0.0", name: base}
policies: {chain: []}
`;

const FLOW = `{"pack": {"name": "base", "version": "1.0.0"}, "policies": {"chain": []},
  "providers": {"targets": [{"id": "one", "provider": "aws-bedrock", "model": "m", "timeout_seconds": 30}]}}`;

function revisionOf(...texts: readonly string[]): string {
  const loaded = loadPolicyConfig(texts.map((text, i) => ({ name: `${i}`, text })));
  if (loaded.config === undefined) throw new Error(JSON.stringify(loaded.problems));
  return loaded.revision;
}

describe('revision', () => {
  it('is the SHA-256 of the canonical JSON', () => {
    const canonical =
      '{"pack":{"name":"base","version":"1.0.0"},"policies":{"chain":[]},' +
      '"providers":{"targets":[{"id":"one","model":"m","provider":"aws-bedrock","timeout_seconds":30}]}}';
    expect(revisionOf(BLOCK)).to.equal(createHash('sha256').update(canonical).digest('hex'));
  });

  it('does not depend on comments, quotes, style and order', () => {
    expect(revisionOf(FLOW)).to.equal(revisionOf(BLOCK));
  });

  it('does not depend on the cut into files, nor on anchors', () => {
    const pack = 'pack: {name: base, version: 1.0.0}\npolicies: {chain: []}';
    const targets = 'providers: {targets: [{id: one, model: m, <<: {provider: aws-bedrock, timeout_seconds: 30}}]}';
    expect(revisionOf(pack, targets)).to.equal(revisionOf(BLOCK));
  });

  it('changes when a default is written out, so that it means the same to every version', () => {
    expect(revisionOf(BLOCK, 'server: {fail_mode: block}')).not.to.equal(revisionOf(BLOCK));
  });

  it('changes with a value and with the order of a list', () => {
    expect(revisionOf(BLOCK, 'pack: {name: other}')).not.to.equal(revisionOf(BLOCK));
    const [ab, ba] = ['[audit-logger, pii-detector]', '[pii-detector, audit-logger]'].map((chain) =>
      revisionOf(BLOCK, `policies: {chain: ${chain}}`),
    );
    expect(ab).not.to.equal(ba);
  });
});

describe('canonicalJson', () => {
  it('reads back as the same value, and is the same for every order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const canonical = canonicalJson(value);
        expect(JSON.parse(canonical)).to.deep.equal(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(reversed(value))).to.equal(canonical);
      }),
    );
  });

  it('sorts by UTF-16 units and writes no blanks', () => {
    expect(canonicalJson({ '\u{1f600}': 1, '\ufb33': [1, { b: 2, a: 1e21 }], a: null, B: 'ä' })).to.equal(
      '{"B":"ä","a":null,"\u{1f600}":1,"\ufb33":[1,{"a":1e+21,"b":2}]}',
    );
  });
});

/** The same value with the members of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, child]) => [key, reversed(child)])
      .reverse(),
  );
}
