import { expect } from 'chai';
import fc from 'fast-check';
import { DocumentNames } from '../../../../src/gateway/providers/bedrock/document-names.js';

describe('DocumentNames', () => {
  for (const [filename, expected] of [
    ['report.pdf', 'report'],
    ['Q3 report (final) [v2].pdf', 'Q3 report (final) [v2]'],
    ['a_b/c.d.pdf', 'a-b-c-d'],
    ['two  \t spaces.md', 'two spaces'],
    ['Übersicht.pdf', '-bersicht'],
    ['報告書.pdf', 'document'],
    ['.pdf', 'document'],
    [undefined, 'document'],
  ] as const) {
    it(`names ${filename ?? 'a file without a name'} "${expected}"`, () => {
      expect(new DocumentNames().next(filename)).to.equal(expected);
    });
  }

  it('numbers documents of one name', () => {
    const names = new DocumentNames();
    const given = ['a.pdf', 'a 2.pdf', 'a.md', 'a.txt'].map((filename) => names.next(filename));
    expect(given).to.deep.equal(['a', 'a 2', 'a 3', 'a 4']);
  });

  it('stays fast for very many documents of one name', () => {
    const names = new DocumentNames();
    for (let n = 1; n < 50_000; n++) names.next(undefined);
    expect(names.next(undefined)).to.equal('document 50000');
  });

  it('gives any files distinct names of the characters that Bedrock takes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.string({ maxLength: 300 }), { nil: undefined }), { maxLength: 20 }),
        (files) => {
          const names = new DocumentNames();
          const given = files.map((file) => names.next(file));
          expect(new Set(given).size).to.equal(files.length);
          for (const name of given) {
            expect(name).to.match(/^[a-zA-Z0-9 ()[\]-]{1,200}$/);
            expect(name).not.to.match(/ {2}|^ | $/);
          }
        },
      ),
    );
  });
});
