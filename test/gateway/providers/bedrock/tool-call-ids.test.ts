import { expect } from 'chai';
import fc from 'fast-check';
import { toolUseId } from '../../../../src/gateway/providers/bedrock/tool-call-ids.js';

describe('toolUseId', () => {
  it('keeps an id that Bedrock takes', () => {
    expect(toolUseId('call_AbC-123', 'any')).to.equal('call_AbC-123');
  });

  it('cleans any other id and tells similar ones apart', () => {
    expect(toolUseId('call:1', 'any')).to.match(/^call_1_[0-9a-f]{8}$/);
    expect(toolUseId('call:1', 'any')).not.to.equal(toolUseId('call.1', 'any'));
  });

  it('makes nine letters and digits of the whole id for Mistral', () => {
    const ids = Array.from({ length: 50 }, (_, n) => toolUseId(`call_aaaaaaaaaaaaaaaaaaaaaaaa${n}`, 'nine'));
    for (const id of ids) expect(id).to.match(/^[a-zA-Z0-9]{9}$/);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('keeps an id of nine letters and digits for Mistral', () => {
    expect(toolUseId('abcDEF123', 'nine')).to.equal('abcDEF123');
  });

  it('is valid for every id, and the same for the same id', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200 }), (id) => {
        expect(toolUseId(id, 'any')).to.match(/^[a-zA-Z0-9_-]{1,64}$/);
        expect(toolUseId(id, 'nine')).to.match(/^[a-zA-Z0-9]{9}$/);
        expect(toolUseId(id, 'any')).to.equal(toolUseId(id, 'any'));
      }),
    );
  });
});
