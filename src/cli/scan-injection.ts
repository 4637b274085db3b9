import type { PromptInjection } from '../config/policy-config.js';
import { compileInjection } from '../gateway/policies/injection/compile.js';
import type { ScanText } from './scan-text.js';

/** What a configuration says that names `prompt-injection` and no more. */
const DEFAULTS: PromptInjection = {
  threshold: 0.8,
  action: 'block',
  attack_patterns: [],
  encoding: { decode_base64: true, normalize_unicode: true, detect_homoglyphs: true },
  boundaries: { enforce_delimiters: false, reject_fake_boundaries: true },
  response: { message: '' },
  scan: ['user'],
};

/** Texts are judged as a user's. The score is the text's worst; findings are those at or above the threshold. */
export function scanInjection(settings: PromptInjection = DEFAULTS): ScanText {
  const detector = compileInjection(settings);
  return (text) => {
    const { score, findings } = detector.judge(text);
    return {
      score,
      findings: findings.map(({ label, start, end, score: surety, evidence }) => ({
        type: label,
        start,
        end,
        score: surety,
        evidence,
      })),
    };
  };
}
