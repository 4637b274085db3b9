import type { AnswerReading } from '../../../../src/gateway/providers/bedrock/converse-request.js';
import { BEDROCK } from '../../../../src/gateway/providers/bedrock/upstream.js';
import { ToolNames } from '../../../../src/gateway/providers/bedrock/tool-names.js';

/** How the answer to a request with these tools is read. */
export function reading(members: Partial<AnswerReading> = {}, ...tools: string[]): AnswerReading {
  return { upstream: BEDROCK, toolNames: new ToolNames(tools), firstCallOnly: false, ...members };
}
