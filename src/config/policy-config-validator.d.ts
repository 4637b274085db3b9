import type { PolicyConfigDocument } from './policy-config-document.js';

/** One complaint of the validator that `npm run generate` compiles from policy-config.schema.json. */
export interface SchemaError {
  /** JSON pointer to the value. */
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** The complaint is about this key of the object at `instancePath`. */
  readonly propertyName?: string;
}

/** Leaves its complaints in `errors`, all of them, until the next call. */
export const validate: {
  (document: unknown): document is PolicyConfigDocument;
  readonly errors: readonly SchemaError[] | null;
};
