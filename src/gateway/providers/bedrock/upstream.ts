/** Who answers in the terms of Converse: Bedrock, or an API whose requests and answers are translated to and from them. */
export interface Upstream {
  /** For messages. */
  readonly name: string;
  /** Member of the answer with the upstream's own facts. */
  readonly extension: string;
}

export const BEDROCK: Upstream = { name: 'Bedrock', extension: 'bedrock' };
