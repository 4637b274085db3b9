import { RE2JS } from 're2js';
import type { Finding, Path } from '../problem.js';
import { error } from './rule.js';

/** What is wrong with a pattern of an author's own. RE2 accepts only what it can run in time linear in the text. */
export function* patternFindings(path: Path, pattern: string): Generator<Finding> {
  try {
    if (RE2JS.compile(pattern).matcher('').find()) {
      yield error('bad_pattern', path, 'matches the empty text, and so every text', {
        suggestion: 'ask for at least one character',
      });
    }
  } catch (cause) {
    if (!(cause instanceof Error) || !cause.name.startsWith('RE2JS')) throw cause;
    const reason = cause.message.replace(/^error parsing regexp: /, '').replace(/: `[^]*$/, '');
    yield error('bad_pattern', path, `is not in RE2 syntax: ${reason}`, {
      suggestion:
        'look-around and back-references cannot run in linear time; see https://github.com/google/re2/wiki/Syntax',
    });
  }
}
