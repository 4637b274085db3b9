// What the people who labelled a text say of it.
import { isObject } from '../core/json.js';
import { CommandError } from './command-context.js';
import type { LabelledSpan } from './span-tally.js';
import type { TextRow } from './text-rows.js';

/** 1: the policy should find something. @throws CommandError that says where and what was expected. */
export function labelOf({ row, place }: TextRow): 0 | 1 {
  const { label } = row;
  if (label === 0 || label === 1) return label;
  throw new CommandError(`${place}: label: expected 0 (harmless) or 1, got ${kindOf(label)}`);
}

/** The entities of a text. @throws CommandError that says where and what was expected. */
export function entitiesOf({ row, text, place }: TextRow): readonly LabelledSpan[] {
  const { entities } = row;
  if (!Array.isArray(entities)) {
    throw new CommandError(
      `${place}: entities: expected a list of {"type", "start", "end"}, empty for a text without any, got ${kindOf(entities)}`,
    );
  }
  return entities.map((entity: unknown, k) => spanOf(entity, text.length, `${place}: entities[${k}]`));
}

function spanOf(entity: unknown, length: number, place: string): LabelledSpan {
  if (!isObject(entity)) throw new CommandError(`${place}: expected {"type", "start", "end"}, got ${kindOf(entity)}`);
  const { type, start, end } = entity;
  if (typeof type !== 'string' || type === '') {
    throw new CommandError(`${place}.type: expected a name such as EMAIL_ADDRESS, got ${kindOf(type)}`);
  }
  if (!isWithin(start, 0, length - 1)) {
    throw new CommandError(`${place}.start: expected a whole number from 0 to ${length - 1}, got ${kindOf(start)}`);
  }
  if (!isWithin(end, start + 1, length)) {
    throw new CommandError(
      `${place}.end: expected a whole number from ${start + 1} to ${length} (UTF-16 units, exclusive), got ${kindOf(end)}`,
    );
  }
  return { type, start, end };
}

function isWithin(value: unknown, from: number, to: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to;
}

/** A number as it is, anything else by its kind: rows may hold what must not be repeated. */
function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
