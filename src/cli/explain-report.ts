import type { Finding } from '../gateway/policies/finding.js';
import type { Measure } from '../gateway/policies/chain/policy.js';
import type { ExplainedPolicy, Explanation } from './explain-text.js';
import { underlined } from './underline.js';

/** Columns for a row of the text, so that notes still fit beside it on a screen of 100. */
const WIDTH = 76;

export function asText({ phase, zone, verdict, text, policies }: Explanation): string {
  return [
    ...policies.flatMap((policy) => [...section(policy), '']),
    `verdict: ${verdict} (${phase}, ${zone})`,
    ...(text === null ? ['nothing leaves'] : ['what leaves:', ...underlined(text, [], WIDTH)]),
    '',
  ].join('\n');
}

function section({ policy, action, verdict, seen = '', findings, measures }: ExplainedPolicy): readonly string[] {
  const head = `${policy}: ${WORDS[verdict]}`;
  if (findings.length === 0) return [head, ...measures.map(measured)];
  const marks = findings.map((finding) => ({ ...finding, note: noteOf(finding) }));
  const counted = `${findings.length} finding${findings.length === 1 ? '' : 's'}, action ${action}`;
  return [`${head} (${counted})`, ...underlined(seen, marks, WIDTH), ...measures.map(measured)];
}

const WORDS: Readonly<Record<ExplainedPolicy['verdict'], string>> = {
  allow: 'allow',
  log: 'log',
  redact: 'redact',
  block: 'block',
  error: 'failed to judge',
  skipped: 'not asked, since the text was blocked before',
  unseen: 'does not look at such texts',
};

function noteOf({ label, score, evidence = [] }: Finding): string {
  return [label, score.toFixed(2), ...(evidence.length > 0 ? [`(${evidence.join(', ')})`] : [])].join(' ');
}

function measured({ label, score, threshold }: Measure): string {
  const sign = score >= threshold ? '>=' : '<';
  return `  ${label}: score ${score.toFixed(3)} ${sign} threshold ${threshold}`;
}
