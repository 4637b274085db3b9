import * as sdk from '@aws-sdk/client-bedrock-runtime';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Shape } from '../../../src/simulator/shapes/shape.js';
import {
  applyGuardrailRequest,
  converseRequest,
  converseStreamRequest,
  countTokensRequest,
} from '../../../src/simulator/shapes/converse-shapes.js';
import { bedrockClient } from '../bedrock-client.js';
import { withSimulator } from '../with-simulator.js';

// The schemas that the SDK serializes by: [kind, namespace, name, traits, member names, member schemas, number of required].
// The required members come first. https://github.com/smithy-lang/smithy-typescript/blob/main/packages/types/src/schema/static-schemas.ts
const STRUCT = 3;
const UNION = 4;
type SdkSchema = readonly [
  kind: number,
  namespace: string,
  name: string,
  traits: unknown,
  members: readonly string[],
  schemas: readonly unknown[],
  required?: number,
];

/** Unwraps lazy and annotated references: `() => schema`, `[() => schema, traits]`. */
function resolve(given: unknown): unknown {
  if (typeof given === 'function') return resolve((given as () => unknown)());
  return Array.isArray(given) && typeof given[0] !== 'number' ? resolve(given[0]) : given;
}

/** The structure or union that a schema is, or holds as a list or map. */
function structureOf(given: unknown): SdkSchema | undefined {
  const schema = resolve(given);
  if (!Array.isArray(schema)) return undefined;
  if (schema[0] === STRUCT || schema[0] === UNION) return schema as unknown as SdkSchema; // its first word says so
  return structureOf(schema.at(-1));
}

function compare(shape: Shape<unknown>, schema: SdkSchema, path: string, ignored: readonly string[]): void {
  const [, , , , names, schemas, required = 0] = schema;
  const expected = names.filter((name) => !ignored.includes(name));
  expect(Object.keys(shape.members ?? {}), path).to.have.members(expected);
  const requiredNames = names.slice(0, required).filter((name) => !ignored.includes(name));
  expect(shape.required ?? [], `${path}: required`).to.have.members(requiredNames);
  for (const [index, name] of names.entries()) {
    const inner = structureOf(schemas[index]);
    const member = shape.members?.[name];
    const holder = member?.members ? member : member?.item;
    if (inner && holder?.members) compare(holder, inner, `${path}.${name}`, []);
    else if (inner && member) expect.fail(`${path}.${name}: the SDK has a structure here`);
  }
}

const SCHEMAS = sdk as unknown as Readonly<Record<string, SdkSchema>>; // the package exports its schemas beside its commands

describe('the shapes of requests', () => {
  for (const [name, shape, inPath] of [
    ['ConverseRequest', converseRequest, ['modelId']],
    ['ConverseStreamRequest', converseStreamRequest, ['modelId']],
    ['CountTokensRequest', countTokensRequest, ['modelId']],
    ['ApplyGuardrailRequest', applyGuardrailRequest, ['guardrailIdentifier', 'guardrailVersion']],
  ] as const) {
    it(`have the members and required members of the SDK's ${name}`, () => {
      const schema = SCHEMAS[`${name}$`];
      if (!schema) return expect.fail(`the SDK has no schema ${name}`);
      return compare(shape, schema, name, inPath);
    });
  }
});

const PNG = Buffer.from('iVBORw0KGgo=', 'base64');

/** One request that uses nearly every member. */
const FULL = {
  messages: [
    {
      role: 'user',
      content: [
        { text: 'Look at these' },
        { image: { format: 'png', source: { bytes: PNG } } },
        {
          document: { format: 'txt', name: 'notes (1)', source: { text: 'some notes' }, citations: { enabled: true } },
        },
        { guardContent: { text: { text: 'guard this', qualifiers: ['query'] } } },
        { cachePoint: { type: 'default', ttl: '5m' } },
      ],
    },
    {
      role: 'assistant',
      content: [{ toolUse: { toolUseId: 'call-1', name: 'look_up', input: { deep: [1, null, { a: 'b' }] } } }],
    },
    {
      role: 'user',
      content: [
        {
          toolResult: {
            toolUseId: 'call-1',
            status: 'success',
            content: [{ text: 'found' }, { json: { n: 1 } }, { image: { format: 'png', source: { bytes: PNG } } }],
          },
        },
      ],
    },
  ],
  system: [{ text: 'Be brief' }, { cachePoint: { type: 'default' } }],
  inferenceConfig: { maxTokens: 50, temperature: 0.5, topP: 0.9, stopSequences: ['END'] },
  toolConfig: {
    tools: [
      {
        toolSpec: { name: 'look_up', description: 'Looks', inputSchema: { json: { type: 'object', properties: {} } } },
      },
    ],
    toolChoice: { auto: {} },
  },
  guardrailConfig: { guardrailIdentifier: 'gr1', guardrailVersion: 'DRAFT', trace: 'enabled' },
  additionalModelRequestFields: { top_k: 5 },
  additionalModelResponseFieldPaths: ['/stop_sequence'],
  requestMetadata: { team: 'a b' },
  performanceConfig: { latency: 'standard' },
  serviceTier: { type: 'flex' },
} as const;

const MODEL = 'anthropic.claude-sonnet-4-20250514-v1:0';

/** As JSON carries it: blobs in base64. */
function onTheWire(input: unknown): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(input, (_key, value: unknown) =>
      typeof value === 'object' && value !== null && 'data' in value && 'type' in value && value.type === 'Buffer'
        ? Buffer.from(value.data as number[]).toString('base64')
        : value,
    ),
  ) as Record<string, unknown>; // FULL is an object
}

/** Every object inside a JSON value that a structure describes: not those inside documents. */
function structures(value: unknown, key = ''): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  if (['input', 'json', 'additionalModelRequestFields', 'requestMetadata'].includes(key)) return [];
  const inner = Object.entries(value).flatMap(([name, member]) =>
    structures(member, Array.isArray(value) ? key : name),
  );
  return Array.isArray(value) ? inner : [value as Record<string, unknown>, ...inner];
}

describe('what the simulator accepts', () => {
  it("passes the SDK's own serializer unchanged", async () => {
    await withSimulator({}, async (sim) => {
      const client = bedrockClient(sim);
      const { ConverseCommand } = sdk;
      await client.send(
        new ConverseCommand({ modelId: MODEL, ...structuredClone(FULL) } as unknown as sdk.ConverseCommandInput),
      ); // `as const` made it readonly
      client.destroy();
      expect(sim.requests()[0]?.body).to.deep.equal(onTheWire(FULL));
    });
  });

  it('has no member that the SDK would drop, wherever it is added', () => {
    const wire = onTheWire(FULL);
    expect(converseRequest.check(wire, [])).to.deep.equal([]);
    const count = structures(wire).length;
    fc.assert(
      fc.property(fc.nat(count - 1), fc.stringMatching(/^[a-z]{1,12}X$/), fc.jsonValue(), (index, name, value) => {
        fc.pre(value !== null);
        const changed = structuredClone(wire);
        const place = structures(changed)[index];
        if (place) place[name] = value;
        return converseRequest.check(changed, []).length > 0;
      }),
      { numRuns: 300 },
    );
  });

  it('survives any JSON in the place of any member', () => {
    const wire = onTheWire(FULL);
    const count = structures(wire).length;
    fc.assert(
      fc.property(fc.nat(count - 1), fc.nat(), fc.jsonValue(), (index, member, value) => {
        const changed = structuredClone(wire);
        const place = structures(changed)[index] ?? {};
        const name = Object.keys(place)[member % Math.max(1, Object.keys(place).length)] ?? 'x';
        place[name] = value;
        return Array.isArray(converseRequest.check(changed, []));
      }),
      { numRuns: 300 },
    );
  });
});
