/** Words of ours in policy-config.schema.json; they assert nothing. */
export const VOCABULARY = [
  'x-expects', // what a pattern asks for, in words
  'x-absent', // what happens without the field, where it has no default
  'x-derived-default', // the default, where it follows from other fields
];
