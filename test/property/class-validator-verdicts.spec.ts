import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync, ValidationTypes } from 'class-validator';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { definitionOf, type EventType, eventTypes, readDecisionData } from '#events';
import { rememberMetadataByClass } from '../../apps/daybook/src/http/requests/metadata-by-class.js';
import { sampleOf } from '../fixtures/events/index.js';

rememberMetadataByClass();

/*
 * The classes declare their rules to class-validator, and the edge reads them from it without its walk.
 * Whatever is sent, both must find the same field at fault first.
 */

interface Verdict {
  readonly field: string;
  readonly isUnknown: boolean;
}

/** The first fault that class-validator itself finds in data that are plain JSON. */
function verdictOfClassValidator(type: EventType, data: object): Verdict | undefined {
  const [error] = validateSync(plainToInstance(definitionOf(type).dataClass, data), {
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
  });
  return error && verdictOf(error, 'data');
}

function verdictOf(error: ValidationError, path: string): Verdict {
  // A name that is no word is told as JSON tells it.
  const { property } = error;
  const isWord = /^[A-Za-z0-9_]{1,100}$/.test(property);
  const field = `${path}.${isWord ? property : JSON.stringify(property.slice(0, 100))}`;
  const [child] = error.children ?? [];
  if (error.constraints === undefined && child) return verdictOf(child, field);
  return { field, isUnknown: error.constraints?.[ValidationTypes.WHITELIST] !== undefined };
}

function expectSameVerdict(type: EventType, data: object): void {
  const expected = verdictOfClassValidator(type, data);
  const reading = readDecisionData(type, data);
  if (reading.outcome === 'understood') {
    expect(expected).toBeUndefined();
    return;
  }
  const { field, code } = reading;
  // What no store can hold is refused before anything is asked of the class.
  if (code === 'number_too_large' || code === 'text_not_storable') return;
  // What lies within a single value, such as an amount's currency, is told by its rule alone.
  expect(`${field}.`.startsWith(`${expected?.field}.`)).toBe(true);
  if (field === expected?.field) expect(code === 'field_unknown').toBe(expected.isUnknown);
}

/** The data of a sample as a source sends them: plain fields, and no class. */
function fieldsOfSample(type: EventType): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(sampleOf(type).data));
}

/** A copy of a JSON value with another value at one of its places; undefined takes it away. */
function withOther(value: unknown, path: readonly number[], other: unknown): unknown {
  const [at, ...rest] = path;
  if (at === undefined || typeof value !== 'object' || value === null) return other;
  const names = Object.keys(value);
  const name = names[at % (names.length + 1)] ?? 'unheard';
  if (Array.isArray(value)) {
    return value.map((member: unknown, index) =>
      String(index) === name ? (withOther(member, rest, other) ?? null) : member,
    );
  }
  const members = value as Readonly<Record<string, unknown>>;
  return { ...members, [name]: withOther(members[name], rest, other) };
}

/** Names that class-transformer passes over, so that class-validator never hears of them. */
const passedOver = [...Object.getOwnPropertyNames(Object.prototype), 'prototype'];

function isHeardOf(value: unknown): boolean {
  const text = JSON.stringify(value);
  return !passedOver.some((name) => text.includes(`"${name}":`));
}

/** Small values of every kind. */
const others = fc.oneof(
  fc.constantFrom(undefined, null, true, '', '1', 0, -1, 1.5, [], {}, [null], [{}], [[]], 'EUR'),
  fc.constantFrom(
    { minor: 1 },
    { currency: 'EUR' },
    'order-shop_eu:1',
    '2026-03-10',
    'a'.repeat(301),
  ),
  fc.jsonValue({ maxDepth: 2 }).filter(isHeardOf),
);
const paths = fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 5 });
const runs = process.env['DAYBOOK_TEST_SIZE'] === 'deep' ? 300_000 : 500;

describe('the first fault found in the data of an event', () => {
  it('is that of class-validator, for each class with a field missing or too many', () => {
    for (const type of eventTypes) {
      const data = fieldsOfSample(type);
      expectSameVerdict(type, data);
      expectSameVerdict(type, { ...data, unheard: 1 });
      for (const name of Object.keys(data)) {
        expectSameVerdict(type, { ...data, [name]: null });
      }
    }
  });
  it('is that of class-validator, whatever stands wherever', () => {
    fc.assert(
      fc.property(fc.constantFrom(...eventTypes), paths, others, paths, others, (type, ...at) => {
        const [path, other, nextPath, next] = at;
        const once = withOther(sampleOf(type).data, path, other) as object;
        expectSameVerdict(type, once);
        expectSameVerdict(type, withOther(once, nextPath, next) as object);
      }),
      { numRuns: runs },
    );
  });
  it('names a member that every object inherits, which class-transformer passes over', () => {
    for (const name of ['toString', 'hasOwnProperty', 'valueOf']) {
      const data = fieldsOfSample('OrderCaptured');
      expect(readDecisionData('OrderCaptured', { ...data, [name]: 1 })).toMatchObject({
        code: 'field_unknown',
        field: `data.${name}`,
      });
    }
  });
});
