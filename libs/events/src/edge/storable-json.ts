import { isWellFormedText } from '#kernel';
import { type FactRefusal, type FactRefusalCode, refuseFact } from './fact-refusals.js';

/** The most levels of objects and lists within one another; the catalogue needs six. */
export const nestingLevelsMax = 32;

const nameCharactersShown = 100;

/**
 * class-transformer passes over these without a word; the catalogue has no such field, so that
 * they are refused like any other field it does not know.
 */
const neverFields: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

interface Fault {
  readonly code: FactRefusalCode;
  readonly message: string;
  /** From the inside out. */
  readonly path: string[];
}

/**
 * Looks at every text, number and name in a JSON value once, before anything else does: what
 * PostgreSQL cannot hold, what JSON has already rounded, and nesting that would exhaust the stack.
 */
export function checkStorable(value: unknown): FactRefusal | undefined {
  const fault = faultOf(value, 0);
  return fault && refuseFact(fault.code, fieldPath(fault.path.toReversed()), fault.message);
}

/** A path that can be stored and shown, whatever the names in it hold. */
export function fieldPath(names: readonly string[]): string {
  return names.length === 0 ? 'event' : names.map(shownName).join('.');
}

/** Text of a sender in a message: bounded, with everything that cannot be stored escaped. */
export function quoted(text: string): string {
  return JSON.stringify(text.slice(0, nameCharactersShown));
}

function shownName(name: string): string {
  return /^[A-Za-z0-9_]{1,100}$/.test(name) ? name : quoted(name);
}

function faultOf(value: unknown, level: number): Fault | undefined {
  switch (typeof value) {
    case 'string':
      return isWellFormedText(value)
        ? undefined
        : {
            code: 'text_not_storable',
            message: 'The text holds U+0000 or a lone surrogate.',
            path: [],
          };
    case 'number':
      return Math.abs(value) <= Number.MAX_SAFE_INTEGER
        ? undefined
        : {
            code: 'number_too_large',
            message:
              'The number is beyond 9007199254740991 and may have lost digits; send ids as text.',
            path: [],
          };
    case 'object':
      return value === null ? undefined : faultWithin(value, level + 1);
    case 'boolean':
    case 'undefined':
      return undefined;
    default:
      return { code: 'field_invalid', message: 'The value has no JSON form.', path: [] };
  }
}

function faultWithin(value: object, level: number): Fault | undefined {
  if (level > nestingLevelsMax) {
    return {
      code: 'field_invalid',
      message: `The value is nested deeper than ${nestingLevelsMax} levels.`,
      path: [],
    };
  }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const fault = faultOf(value[index], level);
      if (fault) return within(fault, String(index));
    }
    return undefined;
  }
  for (const name of Object.keys(value)) {
    const fault =
      faultOfName(name) ?? faultOf((value as Readonly<Record<string, unknown>>)[name], level);
    if (fault) return within(fault, name);
  }
  return undefined;
}

function faultOfName(name: string): Fault | undefined {
  if (neverFields.has(name)) {
    return { code: 'field_unknown', message: 'No event has a field of this name.', path: [] };
  }
  return isWellFormedText(name)
    ? undefined
    : {
        code: 'text_not_storable',
        message: 'The name holds U+0000 or a lone surrogate.',
        path: [],
      };
}

function within(fault: Fault, name: string): Fault {
  fault.path.push(name);
  return fault;
}
