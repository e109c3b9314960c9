import type { FieldFaultCode, PartClass } from './field-rule.js';
import { type Field, fieldsOf } from './fields.js';

/** What is wrong with an object: the field at fault from the outside in, and what it should be. */
export interface PartFault {
  readonly code: FieldFaultCode;
  /** Follows the field's path in a sentence: "must be …". */
  readonly message: string;
  readonly path: readonly string[];
}

/**
 * The first thing wrong with an object by the rules its class declares to class-validator. It is the
 * verdict of class-validator's own walk, which makes an instance and a list of errors of every part
 * before it looks at the first rule; every event passes here and nearly all are right.
 */
export function firstFaultOf(part: object, partClass: PartClass): PartFault | undefined {
  const fields = fieldsOf(partClass);
  const members = part as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(part)) {
    if (fields.has(name)) continue;
    return { code: 'field_unknown', message: 'is no field of this event', path: [name] };
  }
  for (const field of fields.values()) {
    const fault = faultOfField(members[field.name], field);
    if (fault) return fault;
  }
  return undefined;
}

function faultOfField(value: unknown, field: Field): PartFault | undefined {
  const { name, optional, nullable, rule } = field;
  if (value === undefined || value === null) {
    const mayLack = optional || (nullable && value === null);
    return mayLack ? undefined : { code: 'field_missing', message: rule.message, path: [name] };
  }
  if (!rule.check(value)) {
    const fault = rule.explain?.(value) ?? { code: 'field_invalid', message: rule.message };
    const { code, message, member } = fault;
    return { code, message, path: member === undefined ? [name] : [name, member] };
  }
  const { form } = rule;
  if (form.kind === 'value') return undefined;
  if (form.kind === 'part') return within([name], firstFaultOf(value, form.part()));
  const partClass = form.part();
  for (const [index, member] of (value as readonly object[]).entries()) {
    const fault = firstFaultOf(member, partClass);
    if (fault) return within([name, String(index)], fault);
  }
  return undefined;
}

function within(path: readonly string[], fault: PartFault | undefined): PartFault | undefined {
  return fault && { ...fault, path: [...path, ...fault.path] };
}
