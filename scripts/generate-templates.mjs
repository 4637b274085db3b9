import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The examples as a module, so that `kt init` needs no files beside the bundle. */
export function templates(folder) {
  const entries = readdirSync(folder)
    .filter((name) => /^\d\d-.*\.yaml$/.test(name))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const title = /^# (.+)$/m.exec(text)?.[1];
      if (title === undefined) throw new Error(`${file}: expected a title in a comment on the first line`);
      return { name: file.replace(/^\d\d-|\.yaml$/g, ''), title, text };
    });
  return `// Generated from examples/*.yaml by \`npm run generate\`. Do not edit.

export interface Template {
  readonly name: string;
  /** What it is about, in one line. */
  readonly title: string;
  /** The whole file. */
  readonly text: string;
}

export const TEMPLATES: readonly Template[] = ${JSON.stringify(entries, undefined, 2)};
`;
}
