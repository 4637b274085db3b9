import { AwsError } from '../aws-error.js';
import type { Path, Problem, Shape } from './shape.js';

/** `value` as the shape's type. Throws the `AwsError` that Amazon Bedrock answers to a body of another shape. */
export function validate<T>(shape: Shape<T>, value: unknown): T {
  const problems = shape.check(value, []);
  const wrongType = problems.find((problem) => problem.kind === 'type');
  if (wrongType) {
    const text = `Expected ${wrongType.expected} at '${dotted(wrongType.path)}', found ${wrongType.found}`;
    throw new AwsError('SerializationException', text);
  }
  const structural = problems.find((problem) => problem.kind === 'union' || problem.kind === 'unknown');
  if (structural) throw new AwsError('ValidationException', structuralMessage(structural));
  if (problems.length > 0) throw new AwsError('ValidationException', constraintMessage(problems));
  return value as T; // the shape found nothing against it
}

/** One line a problem, with the path as in `rules[0].fault.kind`. */
export function describeProblems(problems: readonly Problem[]): readonly string[] {
  return problems.map((problem) => `${bracketed(problem.path) || 'the body'}: ${complaint(problem)}`);
}

function complaint(problem: Problem): string {
  if (problem.kind === 'type') return `must be ${problem.expected}, got ${problem.found}`;
  if (problem.kind === 'missing') return 'is missing';
  if (problem.kind === 'unknown') return `has no member '${problem.member}'`;
  if (problem.kind === 'union') return `must have exactly one of: ${problem.members.join(', ')}`;
  return `must ${problem.constraint}`;
}

function structuralMessage(problem: Extract<Problem, { kind: 'union' | 'unknown' }>): string {
  if (problem.kind === 'unknown') {
    const pointer = ['#', ...problem.path].join('/');
    return `Malformed input request: ${pointer}: extraneous key [${problem.member}] is not permitted, please reformat your input and try again.`;
  }
  const { name, path, members } = problem;
  return `The ${name} object at ${dotted(path)} must set one of the following keys: ${members.join(', ')}.`;
}

// Amazon's services count list members from 1 and name them `member` in these messages, and from 0 elsewhere.
function constraintMessage(problems: readonly Problem[]): string {
  const sentences = problems.map((problem) => {
    const at = `at '${problem.path.map((part) => (typeof part === 'number' ? `${part + 1}.member` : part)).join('.')}'`;
    return problem.kind === 'constraint'
      ? `Value ${at} failed to satisfy constraint: Member must ${problem.constraint}`
      : `Value null ${at} failed to satisfy constraint: Member must not be null`;
  });
  const count = `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected`;
  return `${count}: ${sentences.join('; ')}`;
}

function dotted(path: Path): string {
  return path.join('.');
}

function bracketed(path: Path): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('');
}
