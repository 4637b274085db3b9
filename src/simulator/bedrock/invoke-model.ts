import { jsonAnswer, NO_USAGE, type Answer } from '../answer/answer.js';
import { AwsError } from '../aws-error.js';
import type { Call } from '../call.js';
import type { Problem } from '../shapes/shape.js';
import type { World } from '../world.js';
import { EMBEDDING_MODELS } from './embedding-models.js';
import { parseModelId } from './model-traits.js';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html, for the embedding models. */
export function invokeModelOperation(call: Call, world: World): Answer {
  const id = parseModelId(call.model);
  if (!id) throw new AwsError('ValidationException', 'The provided model identifier is invalid.');
  const programmed = world.answers.take(call);
  if (programmed) return programmed;
  const model = EMBEDDING_MODELS.find(({ pattern }) => pattern.test(id.base ?? ''));
  if (!model) throw new AwsError('ValidationException', 'The simulator answers InvokeModel for embedding models only.');
  const problems = model.shape.check(call.body, []);
  if (problems.length > 0) throw new AwsError('ValidationException', malformed(problems));
  const { body, inputTokens } = model.embed(call.body);
  return {
    ...jsonAnswer(body, { ...NO_USAGE, inputTokens }),
    headers: {
      'x-amzn-bedrock-input-token-count': String(inputTokens),
      'x-amzn-bedrock-output-token-count': '0',
      'x-amzn-bedrock-invocation-latency': '12',
    },
  };
}

/** How the models' own schemas are quoted: `#/texts: expected minimum item count: 1, found: 0`. */
function malformed(problems: readonly Problem[]): string {
  const complaints = problems.map((problem) => {
    const at = ['#', ...problem.path].join('/');
    switch (problem.kind) {
      case 'missing':
        return `${['#', ...problem.path.slice(0, -1)].join('/')}: required key [${problem.path.at(-1)}] not found`;
      case 'unknown':
        return `${at}: extraneous key [${problem.member}] is not permitted`;
      case 'type':
        return `${at}: expected ${problem.expected}, found ${problem.found}`;
      case 'union':
        return `${at}: must have exactly one of ${problem.members.join(', ')}`;
      case 'constraint':
        return `${at}: must ${problem.constraint}`;
      default:
        return problem satisfies never;
    }
  });
  return `Malformed input request: ${complaints.join(', ')}, please reformat your input and try again.`;
}
