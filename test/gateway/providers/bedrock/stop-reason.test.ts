import { expect } from 'chai';
import { finishReason } from '../../../../src/gateway/providers/bedrock/stop-reason.js';

describe('finishReason', () => {
  for (const [stopReason, alone, withCalls] of [
    ['end_turn', 'stop', 'tool_calls'],
    ['stop_sequence', 'stop', 'tool_calls'],
    ['tool_use', 'stop', 'tool_calls'],
    ['max_tokens', 'length', 'length'],
    ['model_context_window_exceeded', 'length', 'length'],
    ['guardrail_intervened', 'content_filter', 'content_filter'],
    ['GUARDRAIL_INTERVENED', 'content_filter', 'content_filter'],
    ['content_filtered', 'content_filter', 'content_filter'],
    ['malformed_model_output', 'stop', 'stop'],
    ['malformed_tool_use', 'stop', 'stop'],
    ['a_reason_of_tomorrow', 'stop', 'stop'],
    ['toString', 'stop', 'stop'],
    [undefined, 'stop', 'stop'],
  ] as const) {
    it(`maps ${stopReason ?? 'none'} to ${alone}, with tool calls to ${withCalls}`, () => {
      expect(finishReason(stopReason, false)).to.equal(alone);
      expect(finishReason(stopReason, true)).to.equal(withCalls);
    });
  }
});
