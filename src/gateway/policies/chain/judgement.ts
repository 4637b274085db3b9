import type { PolicyKind } from '../../../config/policy-config.js';
import type { AuditedFinding, PolicyVerdict, Verdict } from '../../audit/audit-record.js';
import type { Finding } from '../finding.js';
import type { Action, Phase, Policy, Redactor, Zone } from './policy.js';

/** Told of each decision; feeds the metrics. */
export interface PolicyObserver {
  decided(policy: PolicyKind, phase: Phase, zone: Zone, action: Action): void;
  found(policy: PolicyKind, label: string): void;
  erred(policy: PolicyKind, phase: Phase): void;
  took(policy: PolicyKind, phase: Phase, seconds: number): void;
  unscanned(reason: Unscanned): void;
  /** The most that one text of a stream held back at a time, in UTF-16 units, and the longest it waited. */
  heldBack(units: number, seconds: number): void;
}

/** What no policy can look into. */
export type Unscanned = 'image' | 'audio' | 'video' | 'document' | 'encrypted_reasoning';

/** A record of an exchange names this many findings of a policy and phase; the rest are counted. */
export const MAX_FINDINGS = 100;

interface Tally {
  verdict: PolicyVerdict['verdict'];
  score: number;
  readonly findings: AuditedFinding[];
  more: number;
}

const VERDICTS = { redact: 'redact', block: 'block', log: 'log' } as const satisfies Record<Action, Verdict>;
const STRENGTH: Readonly<Record<PolicyVerdict['verdict'], number>> = {
  allow: 0,
  skipped: 0,
  error: 0,
  log: 1,
  redact: 2,
  block: 3,
};

/** What the policies have said of one exchange so far, and what they remember of it. Never holds text. */
export class Judgement {
  readonly #tallies = new Map<string, Tally>();
  readonly #unscanned = new Map<Unscanned, number>();
  readonly #redactors = new Map<Policy, Redactor>();
  readonly #observer: PolicyObserver;
  #isRefused = false;

  constructor(observer: PolicyObserver) {
    this.#observer = observer;
  }

  get observer(): PolicyObserver {
    return this.#observer;
  }

  /** The policy looked at this phase, whether or not it finds anything. */
  looked({ kind }: Policy, phase: Phase): void {
    this.#tally(kind, phase);
  }

  found({ kind, action }: Policy, phase: Phase, zone: Zone, at: string, finding: Finding): void {
    const tally = this.#tally(kind, phase);
    tally.verdict = VERDICTS[action];
    tally.score = Math.max(tally.score, finding.score);
    if (tally.findings.length < MAX_FINDINGS) tally.findings.push({ ...finding, at });
    else tally.more += 1;
    this.#observer.decided(kind, phase, zone, action);
    this.#observer.found(kind, finding.label);
  }

  erred({ kind }: Policy, phase: Phase): void {
    this.#tally(kind, phase).verdict = 'error';
    this.#observer.erred(kind, phase);
  }

  /** The exchange is refused because a policy could not judge it. */
  refused(): void {
    this.#isRefused = true;
  }

  /** An earlier policy has blocked. */
  skipped({ kind }: Policy, phase: Phase): void {
    this.#tally(kind, phase).verdict = 'skipped';
  }

  unscanned(reason: Unscanned): void {
    this.#unscanned.set(reason, (this.#unscanned.get(reason) ?? 0) + 1);
    this.#observer.unscanned(reason);
  }

  /** The policy's memory of this exchange. */
  redactor(policy: Policy): Redactor | undefined {
    const known = this.#redactors.get(policy);
    if (known) return known;
    const made = policy.redactor?.();
    if (made) this.#redactors.set(policy, made);
    return made;
  }

  get redactors(): readonly Redactor[] {
    return [...this.#redactors.values()];
  }

  /** The strongest verdict so far: `block`, `redact`, `log`, `allow`. What `fail_mode` refuses is blocked. */
  get verdict(): Verdict {
    if (this.#isRefused) return 'block';
    let strongest: Verdict = 'allow';
    for (const { verdict } of this.#tallies.values())
      if (verdict !== 'skipped' && verdict !== 'error' && STRENGTH[verdict] > STRENGTH[strongest]) strongest = verdict;
    return strongest;
  }

  policies(): readonly PolicyVerdict[] {
    return Array.from(this.#tallies, ([key, { verdict, score, findings, more }]) => {
      const [policy, phase] = key.split(' ') as [PolicyKind, Phase]; // as #tally wrote it
      return {
        policy,
        phase,
        verdict,
        ...(findings.length > 0 && { score }),
        findings,
        ...(more > 0 && { more_findings: more }),
      };
    });
  }

  unscannedCounts(): Readonly<Record<string, number>> | undefined {
    return this.#unscanned.size > 0 ? Object.fromEntries(this.#unscanned) : undefined;
  }

  #tally(kind: PolicyKind, phase: Phase): Tally {
    const key = `${kind} ${phase}`;
    const known = this.#tallies.get(key);
    if (known) return known;
    const made: Tally = { verdict: 'allow', score: 0, findings: [], more: 0 };
    this.#tallies.set(key, made);
    return made;
  }
}
