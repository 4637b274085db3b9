import { expect } from 'chai';
import fc from 'fast-check';
import type { Finding } from '../../../../src/gateway/policies/finding.js';
import { JsonLane } from '../../../../src/gateway/policies/stream/json-lane.js';
import {
  ChainedLane,
  JudgedLane,
  WatchedLane,
  type Lane,
} from '../../../../src/gateway/policies/stream/judged-lane.js';
import { LiteralDetector } from './literal-finder.js';

const SECRET = 'ab@ab';

function redacting(word = SECRET, marker = '[X]'): Lane {
  return new JudgedLane(new LiteralDetector(word).lane(), { found: () => {}, replace: () => marker });
}

function jsonRedacting(word = SECRET): Lane {
  return new JsonLane(new LiteralDetector(word).lane(), { found: () => {}, replace: () => '[X]' });
}

function run(lane: Lane, chunks: readonly string[]): string {
  return chunks.map((chunk) => lane.push(chunk)).join('') + lane.flush();
}

function cut(text: string, cuts: readonly number[]): string[] {
  const at = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].toSorted((a, b) => a - b);
  return [...at, text.length].map((end, index) => text.slice(at[index - 1] ?? 0, end));
}

const texts = fc.string({ unit: fc.constantFrom('a', 'b', '@', SECRET, ' ', '😀', 'é', '\n') });
const cuts = fc.array(fc.nat(), { maxLength: 30 });

describe('JudgedLane', () => {
  it('releases the same text however it is cut', () => {
    fc.assert(
      fc.property(texts, cuts, (text, at) => {
        expect(run(redacting(), cut(text, at))).to.equal(text.replaceAll(SECRET, '[X]'));
      }),
    );
  });

  it('has released nothing of a finding when the finding stops the text', () => {
    fc.assert(
      fc.property(texts, cuts, (text, at) => {
        let released = '';
        const lane = new JudgedLane(new LiteralDetector(SECRET).lane(), {
          found: () => {
            throw new Error('stop');
          },
        });
        try {
          for (const chunk of cut(text, at)) released += lane.push(chunk);
          released += lane.flush();
        } catch {
          // stopped
        }
        const found = text.indexOf(SECRET);
        if (found < 0) expect(released).to.equal(text);
        else expect(text.slice(0, found).startsWith(released)).to.equal(true);
      }),
    );
  });
});

describe('WatchedLane', () => {
  it('holds nothing back and reports every finding', () => {
    fc.assert(
      fc.property(texts, cuts, (text, at) => {
        const found: Finding[] = [];
        const lane = new WatchedLane(new LiteralDetector(SECRET).lane(), (finding) => found.push(finding));
        for (const chunk of cut(text, at)) expect(lane.push(chunk)).to.equal(chunk);
        expect(lane.flush()).to.equal('');
        expect(found.length).to.equal(text.split(SECRET).length - 1);
      }),
    );
  });
});

describe('ChainedLane', () => {
  it('lets each policy judge what the one before it lets through', () => {
    fc.assert(
      fc.property(texts, cuts, (text, at) => {
        const lane = new ChainedLane([redacting(SECRET, 'bb'), redacting('bbb', '!')]);
        expect(run(lane, cut(text, at))).to.equal(text.replaceAll(SECRET, 'bb').replaceAll('bbb', '!'));
      }),
    );
  });
});

describe('JsonLane', () => {
  for (const [name, json, expected] of [
    ['a string', '{"to":"ab@ab","x":1}', '{"to":"[X]","x":1}'],
    ['a string with escapes', '{"to":"a\\u0062\\u0040ab\\n"}', '{"to":"[X]\\n"}'],
    ['a key', '{"ab@ab":true}', '{"[X]":true}'],
    [
      'untouched text, byte for byte',
      '{ "a" : "\\u00e9\\/" , "b":[1.50,null] }',
      '{ "a" : "\\u00e9\\/" , "b":[1.50,null] }',
    ],
    ['a surrogate pair in escapes', '{"a":"\\ud83d\\ude00ab@ab"}', '{"a":"\\ud83d\\ude00[X]"}'],
    ['text that is no JSON', 'call ab@ab "now', 'call "[X]"@"[X]" "now'],
    ['a cut escape', '{"a":"\\u00', '{"a":"\\u00'],
  ] as const) {
    it(`judges ${name}`, () => {
      for (const chunks of [[json], json.split(''), ...Array.from(json, (_, i) => [json.slice(0, i), json.slice(i)])])
        expect(run(jsonRedacting(), chunks)).to.equal(expected);
    });
  }

  for (const [name, word, json, expected] of [
    ['a whole number becomes a string', '4111', '{"n":4111,"m":2}', '{"n":"[X]","m":2}'],
    ['a number goes whole when a part of it is found', '4111', '[-74111.5e3,1]', '["[X]",1]'],
    ['a number at the end', '4111', '4111', '"[X]"'],
    ['what lies across strings goes in each', 'a","b', '["xa","by"]', '["x[X]","[X]y"]'],
    ['a quote in the marker is escaped', 'q', '{"q":"q"}', '{"[X]":"[X]"}'],
  ] as const) {
    it(name, () => {
      for (const chunks of [[json], json.split(''), ...Array.from(json, (_, i) => [json.slice(0, i), json.slice(i)])])
        expect(run(jsonRedacting(word), chunks)).to.equal(expected);
    });
  }

  it('keeps JSON parseable, and changes nothing but what is found, for every value and every cut', () => {
    const leaf = fc.oneof(
      texts,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const values = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        leaf,
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(texts, tie('value'), { maxKeys: 4 }),
      ),
    })).value;
    fc.assert(
      fc.property(values, cuts, fc.constantFrom(undefined, 2), fc.boolean(), (value, at, indent, escaped) => {
        const json = JSON.stringify(value, null, indent);
        const text = escaped ? json.replaceAll('@', '\\u0040').replaceAll('é', '\\u00E9') : json;
        const written = run(jsonRedacting(), cut(text, at));
        expect(JSON.parse(written)).to.deep.equal(JSON.parse(json.replaceAll(SECRET, '[X]')));
      }),
    );
  });
});
