import 'reflect-metadata';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { inOrder, type PartClass, ruledBy } from './field-rule.js';
import { linesPerEventMax } from './limits.js';

/** A list of parts, each checked against its class; at most {@link linesPerEventMax}. */
export function IsListOf(part: () => PartClass, minimum = 0): PropertyDecorator {
  const message = `must be a list of ${minimum} to ${linesPerEventMax} objects`;
  return inOrder(
    ruledBy({
      name: 'isListOf',
      check: (value) =>
        Array.isArray(value) &&
        value.length >= minimum &&
        value.length <= linesPerEventMax &&
        value.every(isObject),
      message,
      form: { kind: 'list', part, minimum },
      explain: (value) => {
        if (!Array.isArray(value)) return { code: 'field_invalid', message };
        if (value.length > linesPerEventMax) return { code: 'too_many_lines', message };
        const member = value.findIndex((element) => !isObject(element));
        return member < 0
          ? { code: 'field_invalid', message }
          : { code: 'field_invalid', member: String(member), message: 'must be an object' };
      },
    }),
    ValidateNested({ each: true }),
    Type(part),
  );
}

/** One part, checked against its class. */
export function IsPart(part: () => PartClass): PropertyDecorator {
  return inOrder(
    ruledBy({
      name: 'isPart',
      check: isObject,
      message: 'must be an object',
      form: { kind: 'part', part },
    }),
    ValidateNested(),
    Type(part),
  );
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
