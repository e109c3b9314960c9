import { currencyCodes } from '#kernel';
import { definitionOf, type EventType } from './registry.js';
import type { FieldForm, JsonSchema, PartClass } from './validation/field-rule.js';
import { fieldsOf } from './validation/fields.js';
import { linesPerEventMax } from './validation/limits.js';

const currency = { $ref: '#/$defs/Currency' };

/** What values refer to by name. */
const definitions: Readonly<Record<string, JsonSchema>> = {
  Currency: { type: 'string', description: 'ISO 4217', enum: currencyCodes() },
  Money: {
    type: 'object',
    description: "Whole minor units of the currency, such as cents; Japan's yen has none.",
    additionalProperties: false,
    properties: {
      minor: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      currency,
    },
    required: ['minor', 'currency'],
  },
  SignedMoney: {
    type: 'object',
    description: 'Whole minor units of the currency, below zero where money goes the other way.',
    additionalProperties: false,
    properties: {
      minor: {
        type: 'integer',
        minimum: Number.MIN_SAFE_INTEGER,
        maximum: Number.MAX_SAFE_INTEGER,
      },
      currency,
    },
    required: ['minor', 'currency'],
  },
  UnitAmount: {
    type: 'object',
    description: 'A price or cost of one unit, which may be finer than the minor unit.',
    additionalProperties: false,
    properties: {
      decimal: { type: 'string', pattern: '^\\d{1,12}(\\.\\d{1,12})?$' },
      currency,
    },
    required: ['decimal', 'currency'],
  },
};

/**
 * The JSON Schema (draft 2020-12) of an event's data as a sender writes it, personal data in clear.
 * It is read off the same rules that the edge checks by; rules that span fields are not in it.
 */
export function jsonSchemaOf(type: EventType): JsonSchema {
  const { dataClass, schemaVersion, description } = definitionOf(type);
  const parts = new Map<string, JsonSchema>();
  const body = classSchema(dataClass, parts);
  const named = Object.fromEntries([...parts].sort(([left], [right]) => (left < right ? -1 : 1)));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:daybook:event:${type}:${schemaVersion}`,
    title: type,
    description,
    ...body,
    ...(parts.size === 0 ? {} : { $defs: named }),
  };
}

function classSchema(partClass: PartClass, parts: Map<string, JsonSchema>): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const { name, optional, nullable, rule } of fieldsOf(partClass).values()) {
    const schema = formSchema(rule.form, parts);
    properties[name] = nullable ? { anyOf: [schema, { type: 'null' }] } : schema;
    if (!optional) required.push(name);
  }
  return { type: 'object', additionalProperties: false, properties, required };
}

function formSchema(form: FieldForm, parts: Map<string, JsonSchema>): JsonSchema {
  if (form.kind === 'value') {
    addDefinition(form.schema, parts);
    return form.schema;
  }
  const part = form.part();
  if (!parts.has(part.name)) parts.set(part.name, classSchema(part, parts));
  const reference = { $ref: `#/$defs/${part.name}` };
  return form.kind === 'part'
    ? reference
    : { type: 'array', items: reference, minItems: form.minimum, maxItems: linesPerEventMax };
}

function addDefinition(schema: JsonSchema, parts: Map<string, JsonSchema>): void {
  const { $ref } = schema;
  if (typeof $ref !== 'string') return;
  const name = $ref.replace('#/$defs/', '');
  const definition = definitions[name];
  if (!definition) throw new Error(`No definition ${name}.`);
  parts.set(name, definition);
  if (name !== 'Currency') addDefinition(currency, parts);
}
