// Marks that frame the turns of a prompt: a text that holds them pretends to be more than one turn.
import type { FoldedText } from '../text/folded-text.js';

/** Offsets of the frame marks in a folded text: start and end (exclusive) alternate. */
export type FrameMarks = readonly number[];

/** By first unit: what may follow. Longest first. All in folded (lower) case. */
const MARKS = byFirstUnit([
  '<|im_start|>',
  '<|im_end|>',
  '<|im_sep|>',
  '<|system|>',
  '<|user|>',
  '<|assistant|>',
  '<|endoftext|>',
  '<|end|>',
  '<|eot_id|>',
  '<|start_header_id|>',
  '<|begin_of_text|>',
  '<|channel|>',
  '<start_of_turn>',
  '<end_of_turn>',
  '<<sys>>',
  '<</sys>>',
  '<s>[inst]',
  '[/inst]',
  '[inst]',
  '[system]',
  '[/system]',
  '[system message]',
  '[system prompt]',
  '[admin]',
  '[developer]',
  '[assistant]',
  '[user]',
  '</system>',
  '<system>',
  '</user>',
  '</assistant>',
  '<assistant>',
  '</human>',
  '</prompt>',
  '<prompt>',
  '</context>',
  '</document>',
  '</documents>',
  '</data>',
  '</input>',
  '</user_input>',
  '</user_query>',
  '</query>',
  '</text>',
  '</tool_result>',
  '</tool_response>',
  '</function_results>',
  '</instructions>',
  '<instructions>',
  '</instruction>',
  '<instruction>',
  '<important>',
  '<information>',
  '<system_prompt>',
  '<system-reminder>',
  '<admin>',
  '### system',
  '### instruction',
  '### new instruction',
  '### response',
  '### user',
  '### assistant',
  '### human',
  '##system',
  '## system',
  '# system',
  '{"role":',
  '{"role" :',
  "{'role':",
  '"role": "system"',
  '"role":"system"',
  '"role": "assistant"',
  '-----end',
  '----- end',
  '--- end',
  '---end',
  '====end',
  '=== end',
  '### end',
  '***end',
  '*** end',
  '-----begin',
  '--- begin',
  '=== begin',
  '=== new',
  '--- new',
  '\nsystem:',
  '\nassistant:',
  '\nhuman:',
  '\nuser:',
  '\ndeveloper:',
  '\n\nhuman:',
  '[end of',
  '(end of',
  '<end of',
]);

const BEGINS_MARK = Uint8Array.from({ length: 128 }, (_, unit) => (MARKS[unit] === undefined ? 0 : 1));

export interface FrameKinds {
  /** Marks of turns and roles, such as `<|im_start|>` or `[INST]`. */
  readonly turns: boolean;
  /** Closing marks of something that the text did not open, such as `</document>` or `--- END`. */
  readonly delimiters: boolean;
}

const DELIMITER = /^<\/(?!system|user|assistant|human)|^[-=*#[(< ]*end\b|^[-=*]/;

/** Finds the marks of a folded text in one pass. A role at its very beginning counts like one on a new line. */
export function frameMarks({ codes, length }: FoldedText, { turns, delimiters }: FrameKinds): FrameMarks {
  if (!turns && !delimiters) return [];
  const found: number[] = [];
  for (let at = -1; at < length; at++) {
    const unit = at < 0 ? 0x0a : (codes[at] as number);
    if (unit >= 128 || BEGINS_MARK[unit] === 0) continue;
    for (const mark of MARKS[unit] ?? []) {
      if (isAt(codes, length, at, mark)) {
        if (!(DELIMITER.test(mark) ? delimiters : turns)) break;
        found.push(Math.max(at, 0), at + mark.length);
        at += mark.length - 1;
        break;
      }
    }
  }
  return found;
}

function isAt(codes: Uint16Array, length: number, at: number, mark: string): boolean {
  if (at + mark.length > length) return false;
  for (let i = 1; i < mark.length; i++) if ((codes[at + i] as number) !== mark.charCodeAt(i)) return false;
  return true;
}

function byFirstUnit(marks: readonly string[]): (readonly string[] | undefined)[] {
  const table: string[][] = [];
  for (const mark of [...marks].sort((a, b) => b.length - a.length)) (table[mark.charCodeAt(0)] ??= []).push(mark);
  return table;
}
