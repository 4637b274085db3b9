import { Command, Option } from 'commander';
import type { PolicySettings } from '../config/policy-config.js';
import { systemClock, type Clock } from '../core/clock.js';
import { CommandError, type CommandContext } from './command-context.js';
import type { ScoredText } from './eval-scores.js';
import type { SpannedText } from './eval-spans.js';
import { entitiesOf, labelOf } from './labels.js';
import { latencyOf } from './latency.js';
import { readPolicySettings, SCAN_KINDS, scannerOf, type ScanKind } from './scan-kinds.js';
import type { ScanText, ScanVerdict } from './scan-text.js';
import { readTextRows, type TextRow } from './text-rows.js';

interface Options {
  readonly kind: ScanKind;
  readonly data: string;
  readonly by?: string;
  readonly policyConfig?: string;
  readonly json?: boolean;
}

type EvalContext = Pick<CommandContext, 'stdout' | 'stderr' | 'stop'>;

const PROGRESS_MS = 5_000;

export function policyEvalCommand(context: EvalContext, clock: Clock = systemClock): Command {
  return new Command('eval')
    .description('Hold a policy against labelled texts: what it finds, what it wrongly finds, and how fast.')
    .addOption(new Option('--kind <kind>', 'which policy judges').choices(SCAN_KINDS).makeOptionMandatory())
    .requiredOption('--data <file>', 'labelled texts, one JSON object a line')
    .option('--by <member>', 'count by this member of the rows too, such as source, lang or kind')
    .option('--policy-config <file>', 'judge as this configuration says; without it, report all that can be told')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Rows have "text", or "text_b64" (base64 of UTF-8), and a label:
  prompt-injection, safety   {"text": "...", "label": 1}: 1 should be found, 0 is harmless
  pii                        {"text": "...", "entities": [{"type", "start", "end"}]}: offsets in UTF-16 units, end exclusive;
                             an empty list for a text without any

A text counts as found when the policy would act: its score reached the threshold. The ROC figures say what other thresholds
would find. Texts that a model was trained on say nothing about its quality. Progress goes to standard error.

Examples:
  kt policy eval --kind prompt-injection --data labelled.jsonl --by source
  kt policy eval --kind pii --data labelled.jsonl --policy-config policy-config.yaml
  kt policy eval --kind safety --data labelled.jsonl --json | jq '.roc[] | select(.allowed == 0.01).recall'`,
    )
    .action(async (options: Options) => {
      const { kind, data, by, json } = options;
      const settings = await readPolicySettings(options.policyConfig);
      const judge = timed(await scannerOf(kind, settings), clock);
      const rows = withProgress(readTextRows(data, context.stop), context, clock);
      const evaluated = kind === 'pii' ? spans(rows, judge.scan, by, settings) : scores(rows, judge.scan, by);
      const { evaluation, asText } = await evaluated.catch((error: unknown) => {
        if (!(error instanceof Error && 'code' in error)) throw error;
        throw new CommandError(`cannot read ${data}: ${String(error.code)}`);
      });
      if (evaluation.texts === 0) throw new CommandError(`${data}: expected at least one row`);
      const latency = judge.latency();
      const { latencyAsText } = await import('./eval-report.js');
      context.stdout.write(
        json === true
          ? `${JSON.stringify({ kind, data, ...evaluation, latency })}\n`
          : `${kind}: ${asText()}\n${latencyAsText(latency)}\n`,
      );
    });
}

async function scores(rows: AsyncIterable<TextRow>, scan: ScanText, by: string | undefined) {
  const [{ evaluateScores }, { scoresAsText }] = await Promise.all([
    import('./eval-scores.js'),
    import('./eval-report.js'),
  ]);
  const texts: ScoredText[] = [];
  for await (const row of rows) {
    const positive = labelOf(row) === 1;
    const { score, findings = [] } = scan(row.text);
    texts.push({ positive, score, found: findings.length > 0, group: groupOf(row, by) });
  }
  const evaluation = evaluateScores(texts);
  return { evaluation, asText: () => scoresAsText(evaluation) };
}

async function spans(
  rows: AsyncIterable<TextRow>,
  scan: ScanText,
  by: string | undefined,
  settings: PolicySettings | undefined,
) {
  const [{ evaluateSpans }, { spansAsText }, { typesSought }] = await Promise.all([
    import('./eval-spans.js'),
    import('./eval-report.js'),
    import('./scan-pii.js'),
  ]);
  const texts: SpannedText[] = [];
  for await (const row of rows) {
    const expected = entitiesOf(row);
    texts.push({ expected, found: scan(row.text).entities ?? [], group: groupOf(row, by) });
  }
  const evaluation = evaluateSpans(texts, typesSought(settings?.['pii-detector']));
  return { evaluation, asText: () => spansAsText(evaluation) };
}

/** A row without the member is counted under `-`. */
function groupOf({ row }: TextRow, by: string | undefined): string {
  const value = by === undefined ? undefined : row[by];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '-';
}

function timed(scan: ScanText, clock: Clock) {
  const microseconds: number[] = [];
  let units = 0;
  return {
    scan: (text: string): ScanVerdict => {
      const start = clock.monotonic();
      const verdict = scan(text);
      microseconds.push((clock.monotonic() - start) * 1000);
      units += text.length;
      return verdict;
    },
    latency: () => latencyOf(microseconds, units),
  };
}

/** Says now and then how far it is; short work passes in silence. */
async function* withProgress<T>(
  rows: AsyncIterable<T>,
  { stderr }: Pick<CommandContext, 'stderr'>,
  clock: Clock,
): AsyncGenerator<T> {
  const start = clock.monotonic();
  let said = start;
  let count = 0;
  for await (const row of rows) {
    yield row;
    count += 1;
    const now = clock.monotonic();
    if (now - said < PROGRESS_MS) continue;
    said = now;
    stderr.write(`${count} texts judged in ${Math.round((now - start) / 1000)} s\n`);
  }
}
