import type { PromptInjection } from '../../../config/policy-config.js';
import type { Phase, Policy, Zone } from '../chain/policy.js';
import { loadLexicon } from './compiled-lexicon.js';
import { ConceptScanner } from './concept-scan.js';
import { InjectionDetector, type InjectionZone } from './detector.js';
import { loadInjectionModel } from './injection-model.js';
import { WindowJudge } from './window-judge.js';

/** Read once a process: megabytes that every configuration shares and none changes. */
let shared:
  | { readonly model: ReturnType<typeof loadInjectionModel>; readonly lexicon: ReturnType<typeof loadLexicon> }
  | undefined;

/** @throws when the shipped model or an attack pattern cannot be used. */
export function compileInjection(settings: PromptInjection): InjectionDetector {
  shared ??= { model: loadInjectionModel(), lexicon: loadLexicon() };
  const { reject_fake_boundaries: turns, enforce_delimiters: delimiters } = settings.boundaries;
  const scanner = new ConceptScanner(shared.lexicon, { turns, delimiters });
  return new InjectionDetector(settings, new WindowJudge(shared.model, scanner));
}

/** Zones of a request, as `scan` names them. What the model itself said is not judged. */
const ZONES = {
  user: 'user',
  system: 'system',
  tool_result: 'tool',
  document: 'document',
} as const satisfies Partial<Record<Zone, InjectionZone>>;

export function injectionPolicy(settings: PromptInjection): Policy {
  const detector = compileInjection(settings);
  const judgedAs = (zone: Zone, phase: Phase): InjectionZone | undefined => {
    const judged = zone in ZONES ? ZONES[zone as keyof typeof ZONES] : undefined;
    return phase === 'input' && judged !== undefined && settings.scan.includes(judged) ? judged : undefined;
  };
  return {
    kind: 'prompt-injection',
    action: settings.action,
    blockMessage: settings.response.message,
    detector(zone, phase) {
      const judged = judgedAs(zone, phase);
      return judged && detector.spanDetector(judged);
    },
    measures(text, zone, phase) {
      const judged = judgedAs(zone, phase);
      if (!judged) return [];
      return [{ label: 'prompt-injection', score: detector.judge(text, judged).score, threshold: settings.threshold }];
    },
  };
}
