import { readFileSync } from 'node:fs';
import { table, withParts } from './generated-parts.mjs';

/** The page of the safety filter, with what the training measured beside the model. */
export function safetyDocs(page, metricsFile) {
  const { left_out: lines, left_out_auprc: auprc } = JSON.parse(readFileSync(metricsFile, 'utf8'));
  return withParts(page, { ranking: ranking(auprc), quality: quality(lines) });
}

function ranking({ request, content }) {
  return table(
    ['left-out harm', 'ranked above', 'AUPRC'],
    [
      ['requests', 'all harmless prompts', request.toFixed(3)],
      ['content', 'harmless posts and messages, look-alikes of hate among them', content.toFixed(3)],
    ],
  );
}

/** One row a source, harmful and harmless apart; its languages together. */
function quality(lines) {
  const sources = Map.groupBy(lines, ({ source, label }) => `${source} ${label}`);
  return table(
    ['source', 'texts are', 'rows', 'found'],
    Array.from(sources.values(), (of) => {
      const rows = of.reduce((sum, line) => sum + line.rows, 0);
      const found = of.reduce((sum, line) => sum + line.rows * line.share, 0);
      return [of[0].source, of[0].label === 1 ? 'harmful' : 'harmless', rows, `${((100 * found) / rows).toFixed(1)} %`];
    }),
  );
}
