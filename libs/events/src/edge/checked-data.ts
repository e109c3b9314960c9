import { eventBytesMax } from '../envelope.js';
import type { EventDefinition } from '../event-definition.js';
import type { IdentifiableEvent } from '../identity.js';
import { definitionOf } from '../registry.js';
import type { PartClass } from '../validation/field-rule.js';
import { type Field, fieldsOf } from '../validation/fields.js';
import { firstFaultOf } from '../validation/first-fault.js';
import { type FactRefusal, refuseFact } from './fact-refusals.js';
import { fieldPath } from './storable-json.js';

/** What sealing adds to a field at most, apart from the third that base64url adds to its bytes. */
const sealBytes = 200;

/**
 * Checks data against its class and gives it back as plain frozen data, an optional field that was
 * null left out. The caller has looked at every text and number of it before (`checkStorable`).
 */
export function checkData(
  definition: EventDefinition,
  data: unknown,
): { readonly data: object } | FactRefusal {
  if (data === undefined || data === null) {
    return refuseFact('field_missing', 'data', 'data is missing.');
  }
  if (typeof data !== 'object' || Array.isArray(data)) {
    return refuseFact('field_invalid', 'data', 'data must be an object.');
  }
  const bytes = storedBytesOf(definition, data);
  if (bytes > eventBytesMax) {
    return refuseFact(
      'event_too_large',
      'data',
      `data takes ${bytes} bytes as it is stored; an event may have ${eventBytesMax}.`,
    );
  }
  const fault = firstFaultOf(data, definition.dataClass);
  if (fault === undefined) return { data: frozenCopyOf(data, definition.dataClass) };
  const place = fieldPath(['data', ...fault.path]);
  return refuseFact(fault.code, place, `${place} ${fault.message}.`);
}

/** Checks what spans several fields, or fields and leaf, of data whose class was checked. */
export function checkParts(event: IdentifiableEvent): FactRefusal | undefined {
  const [fault] = definitionOf(event.type).checks?.(event) ?? [];
  return fault && refuseFact('field_invalid', fault.field, `${fault.field}: ${fault.message}.`);
}

/** The data's JSON bytes once its personal data is ciphertext, which is a third longer. */
function storedBytesOf(definition: EventDefinition, data: object): number {
  let bytes = Buffer.byteLength(JSON.stringify(data));
  for (const { field } of definition.personalData) {
    const value = (data as Readonly<Record<string, unknown>>)[field];
    if (value === undefined || value === null) continue;
    bytes += Math.ceil(Buffer.byteLength(JSON.stringify(value)) / 3) + sealBytes;
  }
  return bytes;
}

function frozenCopyOf(data: object, partClass: PartClass): object {
  const copy: Record<string, unknown> = {};
  for (const [name, { optional, rule }] of fieldsOf(partClass)) {
    const value = (data as Readonly<Record<string, unknown>>)[name];
    if (value === undefined || (value === null && optional)) continue;
    copy[name] = frozenValue(value, rule.form);
  }
  return Object.freeze(copy);
}

function frozenValue(value: unknown, form: Field['rule']['form']): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (form.kind === 'part') return frozenCopyOf(value, form.part());
  if (form.kind === 'value') return Object.freeze(Array.isArray(value) ? [...value] : { ...value });
  const members = value as readonly object[];
  return Object.freeze(members.map((member) => frozenCopyOf(member, form.part())));
}
