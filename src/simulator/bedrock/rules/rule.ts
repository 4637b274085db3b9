import { AwsError } from '../../aws-error.js';
import type { ConverseRequest } from '../../shapes/converse-shapes.js';
import type { ModelTraits } from '../model-traits.js';

/** A request of the right shape, and what it is measured against. */
export interface Subject {
  readonly request: ConverseRequest;
  readonly model: string;
  readonly traits: ModelTraits;
  readonly streaming: boolean;
  /** Is this the signature that the simulator gave to such a text? */
  readonly isOwnSignature: (text: string, signature: string) => boolean;
}

/** The service's complaint, or `undefined`. A string is the message of a `ValidationException`. */
export type Rule = (subject: Subject) => string | AwsError | undefined;

/** Throws the complaint of the first rule that has one. */
export function obey(rules: readonly Rule[], subject: Subject): void {
  for (const rule of rules) {
    const complaint = rule(subject);
    if (complaint === undefined) continue;
    throw typeof complaint === 'string' ? new AwsError('ValidationException', complaint) : complaint;
  }
}

/** How Amazon Bedrock passes on what the model's own API said. */
export function fromModel(message: string): string {
  return `The model returned the following errors: ${message}`;
}
