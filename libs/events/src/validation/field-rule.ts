import { ValidateBy } from 'class-validator';
import type { JsonValue } from '#kernel';

/** What can be wrong with a field, as codes that the catalogue's edge answers with. */
export type FieldFaultCode =
  | 'field_missing'
  | 'field_unknown'
  | 'field_invalid'
  | 'currency_unknown'
  | 'quantity_invalid'
  | 'too_many_lines'
  | 'leaf_invalid'
  | 'leaf_category_wrong';

/** Why a value breaks its rule; `member` names what inside the value is at fault. */
export interface RuleFault {
  readonly code: FieldFaultCode;
  readonly message: string;
  readonly member?: string;
}

export type JsonSchema = Readonly<Record<string, JsonValue>>;

export type PartClass = new () => object;

/** The form of a field's value: a JSON Schema, or a class whose fields have rules themselves. */
export type FieldForm =
  | { readonly kind: 'value'; readonly schema: JsonSchema }
  | { readonly kind: 'part'; readonly part: () => PartClass }
  | { readonly kind: 'list'; readonly part: () => PartClass; readonly minimum: number };

/** The one rule of a field: it checks, says what is wrong, and is written into the JSON Schema. */
export interface FieldRule {
  /** The constraint's name in class-validator. */
  readonly name: string;
  readonly check: (value: unknown) => boolean;
  /** Follows the field's path in a sentence: "must be …". */
  readonly message: string;
  readonly form: FieldForm;
  /** Left out where every breach is a plain `field_invalid`. */
  readonly explain?: (value: unknown) => RuleFault;
}

/**
 * Puts a rule on a field. A field has one rule and not a stack of small ones, since class-validator
 * pays for each of them on every event; the rule rides along as the constraint of its metadata.
 */
export function ruledBy(rule: FieldRule): PropertyDecorator {
  return ValidateBy({
    name: rule.name,
    constraints: [rule],
    validator: { validate: rule.check, defaultMessage: () => rule.message },
  });
}

export function inOrder(...decorators: readonly PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    for (const decorate of decorators) decorate(target, property);
  };
}
