// Answers under a chain that asks somebody else: policies that judge by themselves act on each text as ever, those that ask
// get all texts as the policies before them left them, and the caller's own words come back at the very end.
import type { Clock } from '../../../core/clock.js';
import type { ChatAnswer, ChatEvent } from '../../chat/chat-answer.js';
import { AnswerCollector } from '../../chat/collect-answer.js';
import { eventsOf } from '../../chat/events-of-answer.js';
import { askJudge, asks } from './ask-judge.js';
import type { Chain } from './chain.js';
import { AnswerRewriter, judgeAnswer, rewriteAnswer } from './judge-answer.js';
import type { Judgement } from './judgement.js';
import type { Policy } from './policy.js';
import type { RequestText } from './request-texts.js';

export function asksAboutAnswers({ policies }: Chain): boolean {
  return policies.some(asks);
}

/** @throws {GatewayError} `output_blocked`; the reason of `signal`. */
export async function judgeWholeAnswer(
  answer: ChatAnswer,
  chain: Chain,
  judgement: Judgement,
  signal?: AbortSignal,
): Promise<ChatAnswer> {
  if (!asksAboutAnswers(chain)) return judgeAnswer(answer, chain, judgement);
  let left = answer;
  let own: Policy[] = [];
  for (const policy of chain.policies) {
    if (!asks(policy)) {
      own.push(policy);
      continue;
    }
    left = judgeAnswer(left, { ...chain, policies: own }, judgement, false);
    own = [];
    const texts: RequestText[] = [];
    const collect = new AnswerRewriter((text, { zone, at }) => {
      texts.push({ zone, at, text });
      return text;
    });
    rewriteAnswer(left, collect);
    await askJudge(policy, texts, 'output', chain, judgement, signal);
    const judged = texts.values();
    left = rewriteAnswer(left, new AnswerRewriter((text) => judged.next().value?.text ?? text));
  }
  return judgeAnswer(left, { ...chain, policies: own }, judgement);
}

/** The same for a stream, which is kept back until all of it has been judged. */
export async function* judgeWholeEvents(
  events: AsyncIterable<ChatEvent>,
  chain: Chain,
  judgement: Judgement,
  clock: Clock,
  signal?: AbortSignal,
): AsyncGenerator<ChatEvent> {
  let units = 0;
  let since: number | undefined;
  const collector = new AnswerCollector();
  for await (const event of events) {
    if (event.type === 'start') yield event;
    else {
      since ??= clock.monotonic();
      if ('text' in event) units += event.text.length;
      collector.add(event);
    }
  }
  const answer = await judgeWholeAnswer(collector.answer(), chain, judgement, signal);
  judgement.observer.heldBack(units, (clock.monotonic() - (since ?? clock.monotonic())) / 1000);
  yield* eventsOf(answer).filter(({ type }) => type !== 'start');
}
