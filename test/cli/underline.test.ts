import { expect } from 'chai';
import fc from 'fast-check';
import { cellsOf } from '../../src/cli/terminal-text.js';
import { underlined } from '../../src/cli/underline.js';

function mark(text: string, marked: string, width = 76): readonly string[] {
  const start = text.indexOf(marked);
  return underlined(text, [{ start, end: start + marked.length, note: 'HERE' }], width);
}

describe('underlined', () => {
  for (const [name, text, expected] of [
    ['plain text', 'an X here', ['1 | an X here', '  |    ^ HERE']],
    ['wide characters, which take two columns', '你好 X', ['1 | 你好 X', '  |      ^ HERE']],
    ['an emoji of several code points, which is one', '👩‍👩‍👧 X', ['1 | 👩‍👩‍👧 X', '  |    ^ HERE']],
    ['combining marks, which take none', 'e\u0301e\u0301 X', ['1 | e\u0301e\u0301 X', '  |    ^ HERE']],
    [
      'what cannot be seen, by its number',
      'a\u200bb\u001b[2J X',
      ['1 | a<U+200B>b<U+001B>[2J X', '  |                       ^ HERE'],
    ],
    ['halfwidth Katakana', 'ｶﾅ X', ['1 | ｶﾅ X', '  |    ^ HERE']],
  ] as const) {
    it(`marks its place in ${name}`, () => {
      expect(mark(text, 'X')).to.deep.equal(expected);
    });
  }

  it('wraps long lines and goes on marking in the next row', () => {
    expect(mark('abcdef', 'cdef', 4)).to.deep.equal(['1 | abcd', '  |   ^^', '  | ef', '  | ^^ HERE']);
  });

  it('shows the lines around a mark and leaves the others out', () => {
    expect(mark('1\n2\n3\nX\n5\n6\n7', 'X')).to.deep.equal(['  …', '3 | 3', '4 | X', '  | ^ HERE', '5 | 5', '  …']);
  });

  it('never lets a control character through, and leaves out no unit of the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const cells = cellsOf(text);
        expect(cells.map(({ start, end }) => text.slice(start, end)).join('')).to.equal(text);
        expect(cells.map(({ shown }) => shown).join('')).to.not.match(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
      }),
    );
  });
});
