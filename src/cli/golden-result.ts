import type { PolicyVerdict, Verdict } from '../gateway/audit/audit-record.js';
import type { Expectation, GoldenCase } from './golden-cases.js';
import type { TrialOutcome } from './trial.js';

export interface GoldenResult {
  readonly name: string;
  readonly passed: boolean;
  readonly expected: Expectation;
  readonly actual: Actual;
}

export interface Actual {
  readonly verdict: Verdict;
  /** The kind that decided the verdict; null when all let it pass. */
  readonly policy: string | null;
  /** Error code of the refusal and evidence of the findings, each once, sorted. */
  readonly reasons: readonly string[];
  /** Each once, sorted. */
  readonly labels: readonly string[];
  /** As the case asks for it; null when nothing left. */
  readonly redacted: string | readonly string[] | null;
}

/** Compares what the case names, and nothing else. */
export function compare({ name, expected }: GoldenCase, outcome: TrialOutcome): GoldenResult {
  const actual = actualOf(outcome, expected);
  return { name, expected, actual, passed: mismatches(expected, actual).length === 0 };
}

export type Member = keyof Expectation;

/** The members of the expectation that were not met. */
export function mismatches(expected: Expectation, actual: Actual): readonly Member[] {
  const met: Readonly<Record<Member, boolean>> = {
    verdict: expected.verdict === actual.verdict,
    policy: expected.policy === undefined || expected.policy === actual.policy,
    reason: expected.reason === undefined || [...actual.labels, ...actual.reasons].includes(expected.reason),
    labels: expected.labels === undefined || isSame(sorted(expected.labels), actual.labels),
    redacted: expected.redacted === undefined || isSame(expected.redacted, actual.redacted),
  };
  return (Object.keys(met) as Member[]).filter((member) => !met[member]);
}

function actualOf({ verdict, policies, refusal, texts }: TrialOutcome, { redacted }: Expectation): Actual {
  const findings = policies.flatMap((policy) => policy.findings);
  const all = texts.map(({ text }) => text);
  return {
    verdict,
    policy: refusal?.policy ?? deciding(policies, verdict),
    reasons: sorted([
      ...(refusal ? [refusal.detail ?? refusal.reason] : []),
      ...findings.flatMap(({ evidence = [] }) => evidence),
    ]),
    labels: sorted(findings.map(({ label }) => label)),
    redacted: refusal ? null : Array.isArray(redacted) ? all : (all.at(-1) ?? null),
  };
}

function deciding(policies: readonly PolicyVerdict[], verdict: Verdict): string | null {
  if (verdict === 'allow') return null;
  return policies.find((policy) => policy.verdict === verdict)?.policy ?? null;
}

function sorted(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort();
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
