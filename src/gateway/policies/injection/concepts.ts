// The ideas that prompt injections are built from. A lexicon says how a language words them; rules and the learned weights
// speak of ideas only, so what is learned from one language holds in all.

/** Order is part of every shipped model: append, never reorder. */
export const CONCEPTS = [
  /** ignore, forget, disregard */
  'ignore',
  /** remove, disable, bypass */
  'undo',
  /** previous, above, earlier, original */
  'prior',
  /** all, every, any */
  'all',
  /** you, your */
  'you',
  /** me, my, us */
  'me',
  /** instructions, rules, guidelines, prompt */
  'instruction',
  /** restrictions, filters, ethics, safety */
  'limit',
  /** text, messages, conversation, everything */
  'talk',
  /** system, hidden, internal, developer */
  'system',
  /** system prompt, pre-prompt, initial instructions */
  'sysprompt',
  /** password, secret key, access code */
  'secret',
  /** reveal, disclose, leak */
  'reveal',
  /** show, print, tell, give, write, repeat */
  'say',
  /** what is, what were, which */
  'ask',
  /** encode, spell, reverse, translate, rhyme */
  'recode',
  /** verbatim, word for word, exactly */
  'verbatim',
  /** only, just, nothing else */
  'only',
  /** now, instead, from now on */
  'now',
  /** new, updated, real, following */
  'new',
  /** task, question, request, job */
  'task',
  /** AI, assistant, language model, chatbot */
  'ai',
  /** act as, pretend, you are now */
  'persona',
  /** unrestricted, without limits, jailbroken */
  'free',
  /** never refuse, no disclaimers, must answer */
  'norefuse',
  /** developer mode, DAN, god mode */
  'mode',
  /** I am the administrator, your creator, authorised */
  'authority',
  /** urgent, important, attention, critical */
  'urgent',
  /** test, simulation, debugging, training exercise */
  'test',
  /** send, forward, post, transfer */
  'send',
  /** account, address, webhook, URL, money */
  'target',
  /** pwned, hacked */
  'hacked',
  /** access granted */
  'granted',
  /** were told, given, instructed, programmed */
  'told',
  /** beginning, start, first words */
  'begin',
  /** the user, the human */
  'user',
  /** do, execute, follow, obey, comply */
  'do',
  /** must, always, never, have to */
  'must',
  /** fiction, story, game, hypothetical, imagine */
  'story',
  /** first letter, hint, clue, characters */
  'letter',
  /** not, don't, do not, without */
  'not',
  /** end of document, task complete, stop */
  'end',
  /** before answering, first of all */
  'first',
  /** a turn or frame of a prompt's markup: `<|im_start|>`, `[INST]`, `</system>` */
  'frame',
  /** illegal, harmful, immoral, unethical */
  'harm',
  /** decode, decrypt */
  'decode',
  /** about: explain, how, why, meaning, example, article */
  'about',
  /** document, email, text, page that is being read */
  'document',
  /** say that, answer with, begin your answer with */
  'force',
  /** a colon or an opening quote right after words of saying */
  'quote',
] as const;

export type Concept = (typeof CONCEPTS)[number];

/** How one language words the concepts: phrases parted by commas; `*` after a phrase: words that go on after it count too. */
export interface Lexicon {
  readonly language: string;
  /** True: every phrase whose last word has four letters or more is a stem. */
  readonly stems?: boolean;
  /** Particles that the language writes onto the front of a word. */
  readonly prefixes?: readonly string[];
  readonly phrases: Readonly<Partial<Record<Concept, string>>>;
}
