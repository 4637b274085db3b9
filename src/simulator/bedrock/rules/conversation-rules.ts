// What Converse asks of every conversation, whatever the model. The messages are the service's own where users have quoted them.
import type { Rule } from './rule.js';
import { isBlank, placedBlocks } from './turns.js';

const hasMessages: Rule = ({ request }) =>
  request.messages === undefined
    ? "1 validation error detected: Value null at 'messages' failed to satisfy constraint: Member must not be null"
    : undefined;

const noSystemRole: Rule = ({ request }) => {
  const at = (request.messages ?? []).findIndex(({ role }) => role === 'system');
  return at < 0
    ? undefined
    : `This model doesn't support the system role at messages.${at}. Use the system field and try again.`;
};

const startsWithUser: Rule = ({ request }) =>
  request.messages?.[0]?.role === 'user'
    ? undefined
    : 'A conversation must start with a user message. Try again with a conversation that starts with a user message.';

const alternates: Rule = ({ request: { messages = [] } }) =>
  messages.some(({ role }, turn) => turn > 0 && role === messages[turn - 1]?.role)
    ? 'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.'
    : undefined;

const hasContent: Rule = ({ request: { messages = [] } }) => {
  const empty = messages.findIndex(({ content }) => content.length === 0);
  return empty < 0
    ? undefined
    : `The content field in the Message object at messages.${empty} is empty. Add a ContentBlock object to the content field and try again.`;
};

const noBlankText: Rule = ({ request }) => {
  const system = (request.system ?? []).findIndex(({ text }) => text !== undefined && isBlank(text));
  if (system >= 0) return blank('SystemContentBlock', `system.${system}`);
  const found = placedBlocks(request).find(({ block }) => typeof block.text === 'string' && isBlank(block.text));
  return found && blank('ContentBlock', found.path);
};

function blank(name: string, path: string): string {
  return `The text field in the ${name} object at ${path} is blank. Add text to the text field, and try again.`;
}

const responsePathsArePointers: Rule = ({ request: { additionalModelResponseFieldPaths: paths = [] } }) => {
  const wrong = paths.findIndex((path) => !/^(\/([^~]|~[01])*)+$/.test(path));
  return wrong < 0
    ? undefined
    : `The value at additionalModelResponseFieldPaths.${wrong} is not a valid JSON Pointer. Provide a valid JSON Pointer and try again.`;
};

const guardrailIsNamedWhole: Rule = ({ request: { guardrailConfig } }) => {
  if (!guardrailConfig) return undefined;
  const { guardrailIdentifier, guardrailVersion } = guardrailConfig;
  return Boolean(guardrailIdentifier) === Boolean(guardrailVersion)
    ? undefined
    : 'The guardrailIdentifier and guardrailVersion fields must be provided together in guardrailConfig.';
};

export const CONVERSATION_RULES: readonly Rule[] = [
  hasMessages,
  noSystemRole,
  startsWithUser,
  alternates,
  hasContent,
  noBlankText,
  responsePathsArePointers,
  guardrailIsNamedWhole,
];
