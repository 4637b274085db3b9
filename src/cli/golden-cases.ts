// Golden cases: what a chain is expected to say of a text, written down beside the configuration.
import { didYouMean } from '../config/did-you-mean.js';
import { placeOf, plainValue, type Located } from '../config/located.js';
import { parseYaml, type Source } from '../config/parse-yaml.js';
import { formatPath, type Path, type Place } from '../config/problem.js';
import { isObject } from '../core/json.js';
import type { ChatMessage } from '../gateway/chat/chat-request.js';
import { DroppedMembers } from '../gateway/chat/dropped-members.js';
import { GatewayError } from '../gateway/chat/gateway-error.js';
import { parseChatRequest } from '../gateway/chat/parse-chat-request.js';
import { parseMessage } from '../gateway/chat/parse-message.js';
import { placeOf as placeOfMessage } from '../gateway/chat/read-member.js';
import { ZONES, type Phase, type Zone } from '../gateway/policies/chain/policy.js';
import { trialOf, type Trial } from './trial.js';

export interface GoldenCase {
  readonly name: string;
  readonly place: Place;
  readonly trial: Trial;
  readonly expected: Expectation;
}

/** What is left out is not compared. */
export interface Expectation {
  readonly verdict: (typeof VERDICTS)[number];
  /** The kind that decided the verdict. */
  readonly policy?: string;
  /** A label, a piece of evidence or an error code that must be among those found. */
  readonly reason?: string;
  /** The labels that were found: these, and no others. */
  readonly labels?: readonly string[];
  /** The text as it leaves; of several texts, the last or all of them. */
  readonly redacted?: string | readonly string[];
}

export const VERDICTS = ['allow', 'log', 'redact', 'block'] as const;
const PHASES = ['input', 'output'] as const satisfies readonly Phase[];
const ANSWERED_ZONES: readonly Zone[] = ['assistant', 'reasoning', 'tool_arguments'];
const CASE_MEMBERS = ['name', 'text', 'messages', 'phase', 'zone', 'expect'];
const EXPECT_MEMBERS = ['verdict', 'policy', 'reason', 'labels', 'redacted'];

export interface GoldenFile {
  readonly cases: readonly GoldenCase[];
  /** `file:line:column path: what was expected`, one each. Never quotes a text. */
  readonly complaints: readonly string[];
}

/** Reads one file of cases, YAML or JSON, and says everything that is wrong with it. */
export function parseGoldenFile(source: Source): GoldenFile {
  const { root, problems } = parseYaml(source);
  if (!root) return { cases: [], complaints: problems.map((problem) => `${located(problem)} ${problem.message}`) };
  return new Reader(root).read();
}

/** The zone of a word that people use for it; undefined for one that is none, or that no text of the phase stands in. */
export function zoneOf(word: string | undefined, phase: Phase): Zone | undefined {
  const zone = word === 'tool' ? 'tool_result' : (word ?? (phase === 'input' ? 'user' : 'assistant'));
  return zonesOf(phase).find((known) => known === zone);
}

export function zonesOf(phase: Phase): readonly Zone[] {
  return phase === 'input' ? ZONES : ANSWERED_ZONES;
}

class Reader {
  readonly #root: Located;
  readonly #complaints: string[] = [];
  readonly #names = new Set<string>();

  constructor(root: Located) {
    this.#root = root;
  }

  read(): GoldenFile {
    const written = plainValue(this.#root);
    const [path, list] = isObject(written) ? [['cases'], written['cases']] : [[], written];
    if (isObject(written)) this.#refuseUnknown(written, [], ['cases']);
    if (!Array.isArray(list) || list.length === 0) {
      this.#complain(path, 'expected a list of at least one case');
      return { cases: [], complaints: this.#complaints };
    }
    const cases = list.flatMap((value: unknown, index) => this.#case(value, [...path, index]) ?? []);
    return { cases, complaints: this.#complaints };
  }

  #case(value: unknown, path: Path): GoldenCase | undefined {
    if (!isObject(value)) return this.#complain(path, 'expected a map with name, text or messages, and expect');
    this.#refuseUnknown(value, path, CASE_MEMBERS);
    const name = this.#name(value['name'], [...path, 'name']);
    const phase = this.#oneOf(value['phase'] ?? 'input', PHASES, [...path, 'phase']);
    const expected = this.#expectation(value['expect'], [...path, 'expect']);
    const trial = phase && this.#trial(value, phase, path);
    if (name === undefined || !expected || !trial) return undefined;
    return { name, place: placeOf(this.#root, path), trial, expected };
  }

  #name(value: unknown, path: Path): string | undefined {
    if (typeof value !== 'string' || value.trim() === '') return this.#complain(path, 'expected a name');
    if (this.#names.has(value)) return this.#complain(path, 'expected a name that no other case of the file has');
    this.#names.add(value);
    return value;
  }

  #trial({ text, messages, zone: word }: Record<string, unknown>, phase: Phase, path: Path): Trial | undefined {
    if ((text === undefined) === (messages === undefined))
      return this.#complain(path, 'expected either text or messages');
    if (messages !== undefined) {
      if (word !== undefined) this.#complain([...path, 'zone'], 'goes with text only: messages have roles');
      return this.#conversation(messages, phase, [...path, 'messages']);
    }
    if (typeof text !== 'string') return this.#complain([...path, 'text'], 'expected a text');
    const zone = word === undefined || typeof word === 'string' ? zoneOf(word, phase) : undefined;
    if (!zone) return this.#complain([...path, 'zone'], `expected one of ${zonesOf(phase).join(', ')}`);
    return trialOf(text, phase, zone);
  }

  /** In phase `output` the last message is the answer, whose tool calls nobody has answered yet. */
  #conversation(written: unknown, phase: Phase, path: Path): Trial | undefined {
    try {
      if (phase === 'input') return { question: messagesOf(written) };
      const question: readonly unknown[] = Array.isArray(written) ? written.slice(0, -1) : [];
      const last: unknown = Array.isArray(written) ? written.at(-1) : undefined;
      const answer = parseMessage(placeOfMessage(last, `messages[${question.length}]`), [], new DroppedMembers());
      if (answer.role !== 'assistant')
        return this.#complain(path, 'expected the answer, a message of the assistant, as the last');
      return { question: question.length === 0 ? [] : messagesOf(question), answer };
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      return this.#complain(path, [...(error.param === undefined ? [] : [error.param]), error.message].join(': '));
    }
  }

  #expectation(value: unknown, path: Path): Expectation | undefined {
    if (!isObject(value)) return this.#complain(path, 'expected a map with a verdict');
    this.#refuseUnknown(value, path, EXPECT_MEMBERS);
    const { policy, reason, labels, redacted } = value;
    const verdict = this.#oneOf(value['verdict'], VERDICTS, [...path, 'verdict']);
    for (const [key, member] of Object.entries({ policy, reason }))
      if (member !== undefined && typeof member !== 'string') this.#complain([...path, key], 'expected a text');
    if (labels !== undefined && !isTexts(labels)) this.#complain([...path, 'labels'], 'expected a list of texts');
    if (redacted !== undefined && typeof redacted !== 'string' && !isTexts(redacted))
      this.#complain([...path, 'redacted'], 'expected a text, or a list of texts');
    return verdict && (value as unknown as Expectation); // each member was checked above; what is wrong was complained of
  }

  #oneOf<T extends string>(value: unknown, known: readonly T[], path: Path): T | undefined {
    return known.find((word) => word === value) ?? this.#complain(path, `expected one of ${known.join(', ')}`);
  }

  #refuseUnknown(value: object, path: Path, known: readonly string[]): void {
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue;
      const meant = didYouMean(key, known);
      this.#complain([...path, key], `unknown; ${meant ? `did you mean ${meant}?` : `expected ${known.join(', ')}`}`);
    }
  }

  #complain(path: Path, message: string): undefined {
    const where = path.length === 0 ? '' : ` ${formatPath(path)}:`;
    this.#complaints.push(`${located(placeOf(this.#root, path))}${where} ${message}`);
    return undefined;
  }
}

function located({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/** @throws GatewayError as the API would answer. */
function messagesOf(messages: unknown): readonly ChatMessage[] {
  return parseChatRequest({ model: 'trial', messages }).messages;
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
