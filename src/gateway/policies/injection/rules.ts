// Hand-written evidence: an anchor idea with other ideas near it. No single idea is ever enough, so words such as "ignore",
// "system" or "password" alone do nothing. Rules speak of concepts, so each holds in every language of the lexicon.
import type { Concept } from './concepts.js';

/** What kind of attack a rule is about; the labels of findings. */
export type RuleFamily =
  | 'override'
  | 'prompt_extraction'
  | 'secret_extraction'
  | 'persona'
  | 'output_forcing'
  | 'fake_boundary'
  | 'exfiltration'
  | 'embedded_instruction'
  | 'false_authority'
  | 'decode_and_obey';

export interface Rule {
  /** Stable: the last part of an evidence id such as `override.prior`. */
  readonly id: string;
  readonly family: RuleFamily;
  readonly anchor: readonly Concept[];
  /** Each row must be met by another event near the anchor. */
  readonly near: readonly (readonly Concept[])[];
  /** Farthest that an event may lie before and behind the anchor, in words. */
  readonly before: number;
  readonly after: number;
  /** One of these right before the anchor turns the rule off: "never forget your …". */
  readonly unless?: readonly Concept[];
  /** What the rule is thought to be worth before anything is learned, in logits. */
  readonly prior: number;
}

const ASKING = ['say', 'reveal', 'ask', 'recode', 'force'] as const;

function rule(
  id: string,
  family: RuleFamily,
  anchor: Concept | readonly Concept[],
  near: readonly (Concept | readonly Concept[])[],
  [before, after]: readonly [number, number],
  prior: number,
  unless?: readonly Concept[],
): Rule {
  const rows = (list: readonly (Concept | readonly Concept[])[]): (readonly Concept[])[] =>
    list.map((row) => (typeof row === 'string' ? [row] : row));
  const anchors = typeof anchor === 'string' ? [anchor] : anchor;
  return {
    id: `${family}.${id}`,
    family,
    anchor: anchors,
    near: rows(near),
    before,
    after,
    prior,
    ...(unless && { unless }),
  };
}

/** Order is part of every shipped model: append, never reorder. */
export const RULES: readonly Rule[] = [
  rule('prior', 'override', 'ignore', ['prior', ['instruction', 'sysprompt', 'limit']], [7, 9], 5, ['not']),
  rule('prior_talk', 'override', 'ignore', ['prior', ['talk', 'task', 'all', 'told']], [7, 8], 3.5, ['not']),
  rule(
    'own_rules',
    'override',
    'ignore',
    [
      ['you', 'system'],
      ['instruction', 'sysprompt', 'limit'],
    ],
    [5, 7],
    3,
    ['not'],
  ),
  rule('all_rules', 'override', 'ignore', ['all', ['instruction', 'sysprompt', 'limit']], [5, 6], 3, ['not']),
  rule('told', 'override', 'ignore', ['told'], [6, 8], 2, ['not']),
  rule(
    'then',
    'override',
    'ignore',
    [
      ['prior', 'instruction', 'task', 'talk', 'user'],
      ['now', 'force', 'only', 'new'],
      ['say', 'force', 'do', 'task', 'persona', 'send'],
    ],
    [4, 22],
    1.5,
    ['not'],
  ),
  rule(
    'undo',
    'override',
    'undo',
    [
      ['you', 'system', 'all', 'prior'],
      ['limit', 'instruction', 'sysprompt'],
    ],
    [5, 7],
    1.5,
    ['not'],
  ),
  rule(
    'new_task',
    'override',
    'new',
    [
      ['instruction', 'task', 'sysprompt'],
      ['you', 'now', 'ignore', 'urgent', 'system', 'must', 'persona', 'force'],
    ],
    [4, 5],
    1.5,
  ),
  rule(
    'end_then',
    'override',
    'end',
    [
      ['new', 'now'],
      ['instruction', 'task', 'ignore', 'do', 'sysprompt'],
    ],
    [2, 10],
    1,
  ),
  rule(
    'not_follow',
    'override',
    'not',
    ['do', ['prior', 'system', 'you'], ['instruction', 'sysprompt', 'limit']],
    [5, 8],
    1.5,
  ),
  rule('prompt', 'prompt_extraction', ASKING, ['sysprompt'], [7, 8], 2),
  rule(
    'own_prompt',
    'prompt_extraction',
    ASKING,
    ['you', 'instruction', ['verbatim', 'all', 'prior', 'told', 'begin', 'system', 'reveal']],
    [8, 10],
    2,
  ),
  rule('own_rules', 'prompt_extraction', ASKING, ['you', 'instruction'], [5, 6], 0.7),
  rule(
    'told',
    'prompt_extraction',
    ASKING,
    ['told', ['prior', 'begin', 'instruction', 'sysprompt', 'system']],
    [8, 10],
    1.5,
  ),
  rule(
    'above',
    'prompt_extraction',
    ['say', 'recode', 'ask'],
    [
      ['prior', 'begin'],
      ['talk', 'all', 'instruction'],
      ['verbatim', 'all', 'begin', 'recode'],
    ],
    [5, 9],
    1.2,
  ),
  rule(
    'reveal',
    'prompt_extraction',
    'reveal',
    [
      ['sysprompt', 'instruction', 'system'],
      ['you', 'me', 'system', 'all'],
    ],
    [5, 7],
    1.5,
  ),
  rule(
    'begin',
    'prompt_extraction',
    ['say', 'verbatim'],
    ['begin', ['verbatim', 'all', 'talk', 'recode']],
    [8, 10],
    0.7,
  ),
  rule('told_what', 'prompt_extraction', 'ask', ['you', 'told'], [3, 7], 1),
  rule('ask', 'secret_extraction', ASKING, ['secret', ['you', 'me']], [6, 7], 1.5),
  rule('reveal', 'secret_extraction', 'reveal', ['secret'], [5, 6], 1.5),
  rule(
    'hint',
    'secret_extraction',
    'secret',
    [
      ['letter', 'recode', 'story'],
      ['say', 'ask', 'me', 'you', 'reveal'],
    ],
    [9, 9],
    1.5,
  ),
  rule(
    'granted',
    'secret_extraction',
    'granted',
    [['say', 'force', 'secret', 'me', 'only', 'ask', 'do', 'must', 'you']],
    [9, 9],
    1.5,
  ),
  rule(
    'rules',
    'secret_extraction',
    'secret',
    [
      ['ignore', 'told', 'instruction', 'limit'],
      ['say', 'reveal', 'ask', 'not', 'you'],
    ],
    [10, 10],
    1.2,
  ),
  rule('free', 'persona', 'persona', [['free', 'mode']], [12, 25], 3.5),
  rule('norefuse', 'persona', 'persona', ['norefuse', ['you', 'ai', 'free', 'must', 'limit']], [20, 30], 1.2),
  rule('mode', 'persona', 'mode', [['you', 'persona', 'do', 'now', 'free', 'ai', 'must']], [8, 10], 1.5),
  rule(
    'free_ai',
    'persona',
    'free',
    [
      ['ai', 'you'],
      ['persona', 'norefuse', 'limit', 'harm', 'now', 'all', 'ai', 'instruction'],
    ],
    [12, 12],
    1.5,
  ),
  rule('limits', 'persona', ['ignore', 'undo', 'not'], ['limit', ['ai', 'you', 'persona', 'free', 'all']], [6, 8], 0.7),
  rule('harm', 'persona', 'norefuse', ['harm', ['you', 'ai', 'persona', 'must', 'free']], [20, 20], 2),
  rule('hacked', 'output_forcing', ['force', 'say', 'only'], ['hacked'], [3, 5], 3),
  rule(
    'instead',
    'output_forcing',
    'force',
    [
      ['ignore', 'now', 'only'],
      ['ignore', 'prior', 'verbatim', 'only', 'not', 'instruction'],
    ],
    [14, 6],
    1,
  ),
  rule(
    'quote',
    'output_forcing',
    ['say', 'force'],
    ['quote', ['ignore', 'only', 'now'], ['prior', 'task', 'not', 'ignore', 'instruction', 'user', 'verbatim']],
    [16, 8],
    1.2,
  ),
  rule(
    'turn',
    'fake_boundary',
    'frame',
    [['instruction', 'sysprompt', 'ignore', 'you', 'mode', 'persona', 'new', 'force', 'system', 'ai', 'secret', 'now']],
    [3, 14],
    1,
  ),
  rule('override', 'fake_boundary', 'frame', [['ignore', 'undo', 'reveal', 'mode', 'free', 'new']], [3, 12], 2.5),
  rule(
    'send',
    'exfiltration',
    'send',
    ['target', ['secret', 'sysprompt', 'talk', 'user', 'all', 'me', 'you']],
    [6, 10],
    0.8,
  ),
  rule(
    'send_secret',
    'exfiltration',
    'send',
    [
      ['secret', 'sysprompt'],
      ['target', 'me', 'all', 'you'],
    ],
    [6, 8],
    1,
  ),
  rule(
    'to_ai',
    'embedded_instruction',
    'ai',
    ['urgent', ['do', 'must', 'instruction', 'ignore', 'say', 'first', 'you']],
    [8, 12],
    1,
  ),
  rule(
    'to_reader',
    'embedded_instruction',
    'ai',
    ['document', ['ignore', 'must', 'force', 'instruction', 'first', 'send']],
    [10, 14],
    0.8,
  ),
  rule(
    'first',
    'embedded_instruction',
    'first',
    [
      ['do', 'send', 'must', 'force', 'say'],
      ['task', 'instruction', 'user', 'prior', 'urgent', 'target'],
    ],
    [10, 14],
    1,
  ),
  rule(
    'urgent',
    'embedded_instruction',
    'urgent',
    [
      ['instruction', 'task', 'sysprompt'],
      ['new', 'now', 'first', 'do', 'must', 'ignore'],
    ],
    [8, 12],
    1,
  ),
  rule(
    'claim',
    'false_authority',
    'authority',
    [
      ['you', 'me'],
      ['instruction', 'sysprompt', 'secret', 'limit', 'mode', 'ignore', 'reveal'],
    ],
    [14, 14],
    1,
  ),
  rule(
    'test',
    'false_authority',
    'test',
    [
      ['sysprompt', 'secret', 'mode', 'limit', 'ignore', 'reveal', 'authority'],
      ['you', 'me', 'say', 'do'],
    ],
    [10, 12],
    0.7,
  ),
  rule('obey', 'decode_and_obey', 'decode', [['do', 'force', 'instruction', 'say']], [6, 8], 0.7),
  rule(
    'above_then',
    'override',
    'ignore',
    ['prior', ['say', 'force', 'do', 'send', 'persona', 'recode', 'now', 'task']],
    [2, 10],
    3,
    ['not'],
  ),
  rule('recode', 'secret_extraction', 'recode', ['secret'], [4, 5], 1.5),
  rule('to_address', 'exfiltration', 'send', ['target', ['ignore', 'first', 'user', 'talk', 'all']], [16, 12], 1),
];
