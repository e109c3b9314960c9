import { getMetadataStorage, IS_OPTIONAL, ValidationTypes } from 'class-validator';
import type { FieldRule, PartClass } from './field-rule.js';

/** A field of an event class as its decorators describe it. */
export interface Field {
  readonly name: string;
  /** May be left out; null then says the same and is dropped. */
  readonly optional: boolean;
  /** Null is a value of its own: the source does not know. */
  readonly nullable: boolean;
  readonly rule: FieldRule;
}

const fieldsByClass = new WeakMap<PartClass, ReadonlyMap<string, Field>>();

/** The fields of an event class or of a part of one, read from class-validator's metadata. */
export function fieldsOf(dataClass: PartClass): ReadonlyMap<string, Field> {
  const known = fieldsByClass.get(dataClass);
  if (known) return known;
  const fields = readFields(dataClass);
  fieldsByClass.set(dataClass, fields);
  return fields;
}

function readFields(dataClass: PartClass): ReadonlyMap<string, Field> {
  const storage = getMetadataStorage();
  const metadata = storage.getTargetValidationMetadatas(dataClass, '', false, false);
  const fields = new Map<string, Field>();
  for (const [name, ofField] of Object.entries(storage.groupByPropertyName(metadata))) {
    const rule = ofField.map((one) => one.constraints?.[0] as unknown).find(isRule);
    if (!rule) throw new Error(`${dataClass.name}.${name} has no rule.`);
    const conditions = ofField.filter((one) => one.type === ValidationTypes.CONDITIONAL_VALIDATION);
    fields.set(name, {
      name,
      optional: conditions.some((one) => one.name === IS_OPTIONAL),
      nullable: conditions.some((one) => one.name !== IS_OPTIONAL),
      rule,
    });
  }
  return fields;
}

function isRule(constraint: unknown): constraint is FieldRule {
  return typeof constraint === 'object' && constraint !== null && 'check' in constraint;
}
