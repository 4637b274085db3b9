import { compile } from 'json-schema-to-typescript';

const BANNER = `// Generated from policy-config.schema.json by \`npm run generate\`. Do not edit.
`;

const INTRO = {
  resolved: `
// A configuration in force: what its author left out has its default, so that only fields without one are optional.
`,
  document: `
// A configuration as its author may write it: what has a default may be left out.
`,
};

/** TypeScript types of the schema: `resolved`, after defaults are filled in, or `document`, as it may be written. */
export async function policyConfigTypes(schema, form) {
  const shape = structuredClone(schema);
  visit(shape, (node) => {
    if (form === 'resolved' && node.properties !== undefined) node.required = present(node);
    // The number of members says nothing in a type.
    delete node.minProperties;
    delete node.maxProperties;
  });
  visit(shape, (node) => refer(node, schema.$defs));
  if (form === 'document') shape.title += 'Document';
  const code = await compile(shape, shape.title, {
    additionalProperties: false,
    bannerComment: '',
    format: false,
    ignoreMinAndMaxItems: true,
    unknownAny: true,
  });
  return BANNER + INTRO[form] + deepReadonly(code);
}

/** The members that an object has once defaults are filled in. */
function present({ required = [], properties }) {
  const filled = Object.keys(properties).filter((key) =>
    ['default', 'x-derived-default'].some((word) => properties[key][word] !== undefined),
  );
  return [...new Set([...required, ...filled])];
}

/**
 * Makes the compiler see one type for one definition: a reference to a titled one loses what stands beside it, which
 * would make it another type; any other reference is replaced by what it refers to.
 */
function refer(node, definitions) {
  const target = definitions[node.$ref?.replace('#/$defs/', '')];
  if (target === undefined) return;
  const { $ref, ...beside } = node;
  for (const key of Object.keys(node)) delete node[key];
  Object.assign(node, target.title === undefined ? { ...target, ...beside } : { $ref });
}

/** Calls `see` for each object below `value`, itself included. */
function visit(value, see) {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) see(value);
  for (const child of Object.values(value)) visit(child, see);
}

/** The compiler knows no `readonly`; its output has one member a line. */
function deepReadonly(code) {
  return code
    .replaceAll(/^(\s*)((?:[\w$]+|"[^"]+")\??:|\[k: string\]:)/gm, '$1readonly $2')
    .replaceAll(/([\w$]+|\([^()]*\))\[\]/g, 'readonly $1[]');
}
