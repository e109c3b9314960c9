import { IsOptional } from 'class-validator';
import { currencyCodes, isDate, isInstant, isWellFormedText } from '#kernel';
import { accountPattern, readObjectLeaf } from '../object-leaf.js';
import { ruledBy, type RuleFault } from './field-rule.js';
import {
  identifierCharactersMax,
  keyCharactersMax,
  linesPerEventMax,
  quantityMax,
  textCharactersMax,
} from './limits.js';

function isText(value: unknown, minimum: number, maximum: number): boolean {
  if (typeof value !== 'string' || value.length < minimum || !isWellFormedText(value)) return false;
  return value.length <= maximum || Array.from(value).length <= maximum;
}

function textRule(minimum: number, maximum: number): PropertyDecorator {
  return ruledBy({
    name: 'isText',
    check: (value) => isText(value, minimum, maximum),
    message: `must be text of ${minimum} to ${maximum} characters`,
    form: {
      kind: 'value',
      schema: { type: 'string', minLength: minimum, maxLength: maximum },
    },
  });
}

/** Text that every store can hold: no U+0000 and no lone surrogate. */
export function IsStorableText(maxCharacters = textCharactersMax): PropertyDecorator {
  return textRule(0, maxCharacters);
}

/** An id as its source wrote it; never empty, any characters a store can hold. */
export function IsIdentifier(): PropertyDecorator {
  return textRule(1, identifierCharactersMax);
}

/** A ledger-wide key that the retailer registered: a legal entity, a node, a unit of measure. */
export function IsRegisteredKey(): PropertyDecorator {
  return textRule(1, keyCharactersMax);
}

/** SHA-256 or HMAC-SHA256, hexadecimal. */
export function IsDigest(): PropertyDecorator {
  const pattern = /^[0-9a-f]{64}$/;
  return ruledBy({
    name: 'isDigest',
    check: (value) => typeof value === 'string' && pattern.test(value),
    message: 'must be 64 hexadecimal digits',
    form: { kind: 'value', schema: { type: 'string', pattern: pattern.source } },
  });
}

/** The last four digits of a card's number, which is never held whole. */
export function IsLastFourDigits(): PropertyDecorator {
  const pattern = /^\d{4}$/;
  return ruledBy({
    name: 'isLastFourDigits',
    check: (value) => typeof value === 'string' && pattern.test(value),
    message: 'must be the last four digits alone',
    form: { kind: 'value', schema: { type: 'string', pattern: pattern.source } },
  });
}

/** An id that a source may not know: then it is the empty text, never left out. */
export function IsIdentifierOrEmpty(): PropertyDecorator {
  return textRule(0, identifierCharactersMax);
}

/** A registered key of an account, as it begins the ids it issues. */
export function IsAccount(): PropertyDecorator {
  return ruledBy({
    name: 'isAccount',
    check: (value) => typeof value === 'string' && accountPattern.test(value),
    message: `must be a registered account: ${accountPattern.source}`,
    form: { kind: 'value', schema: { type: 'string', pattern: accountPattern.source } },
  });
}

function isWholeNumber(value: unknown, minimum: number): boolean {
  return Number.isSafeInteger(value) && Number(value) >= minimum && Number(value) <= quantityMax;
}

/** A number of units: a whole number, at least one. */
export function IsQuantity(): PropertyDecorator {
  const message = `must be a whole number from 1 to ${quantityMax}`;
  return ruledBy({
    name: 'isQuantity',
    check: (value) => isWholeNumber(value, 1),
    message,
    form: { kind: 'value', schema: { type: 'integer', minimum: 1, maximum: quantityMax } },
    explain: () => ({ code: 'quantity_invalid', message }),
  });
}

/** A whole number from zero, such as the attempt of a delivery. */
export function IsCount(): PropertyDecorator {
  return ruledBy({
    name: 'isCount',
    check: (value) => isWholeNumber(value, 0),
    message: `must be a whole number from 0 to ${quantityMax}`,
    form: { kind: 'value', schema: { type: 'integer', minimum: 0, maximum: quantityMax } },
  });
}

/** A whole number of either sign, such as units available where more was promised than there is. */
export function IsSignedCount(): PropertyDecorator {
  return ruledBy({
    name: 'isSignedCount',
    check: (value) => isWholeNumber(value, -quantityMax),
    message: `must be a whole number from -${quantityMax} to ${quantityMax}`,
    form: {
      kind: 'value',
      schema: { type: 'integer', minimum: -quantityMax, maximum: quantityMax },
    },
  });
}

/** A change of a number of units, up or down; never zero. */
export function IsDelta(): PropertyDecorator {
  return ruledBy({
    name: 'isDelta',
    check: (value) => value !== 0 && isWholeNumber(value, -quantityMax),
    message: `must be a whole number from -${quantityMax} to ${quantityMax}, and not 0`,
    form: {
      kind: 'value',
      schema: { type: 'integer', minimum: -quantityMax, maximum: quantityMax, not: { const: 0 } },
    },
  });
}

/** A share in whole hundredths. */
export function IsPercentage(): PropertyDecorator {
  return ruledBy({
    name: 'isPercentage',
    check: (value) => isWholeNumber(value, 0) && Number(value) <= 100,
    message: 'must be a whole number from 0 to 100',
    form: { kind: 'value', schema: { type: 'integer', minimum: 0, maximum: 100 } },
  });
}

export function IsTrueOrFalse(): PropertyDecorator {
  return ruledBy({
    name: 'isTrueOrFalse',
    check: (value) => typeof value === 'boolean',
    message: 'must be true or false',
    form: { kind: 'value', schema: { type: 'boolean' } },
  });
}

export function IsOneOf(values: readonly string[]): PropertyDecorator {
  return ruledBy({
    name: 'isOneOf',
    check: (value) => typeof value === 'string' && values.includes(value),
    message: `must be one of ${values.join(', ')}`,
    form: { kind: 'value', schema: { type: 'string', enum: values } },
  });
}

/** A field a source may leave out. */
export function Optional(): PropertyDecorator {
  return IsOptional();
}

function leafSchema(categories: readonly string[]) {
  const category = categories.length === 0 ? '[a-z][A-Za-z]*' : `(?:${categories.join('|')})`;
  return {
    type: 'string',
    pattern: `^${category}-(?:[A-Za-z0-9_.:~]|%[0-9A-F]{2})+$`,
  };
}

function leafFault(value: unknown, message: string): RuleFault {
  const known = typeof value === 'string' && readObjectLeaf(value) !== undefined;
  return { code: known ? 'leaf_category_wrong' : 'leaf_invalid', message };
}

/** The leaf of a thing of one of these categories. */
export function IsLeafOf(...categories: string[]): PropertyDecorator {
  const message = `must be the leaf of ${categories.join(', ')}, such as ${categories[0] ?? 'order'}-account:1001`;
  return ruledBy({
    name: 'isLeafOf',
    check: (value) =>
      typeof value === 'string' && categories.includes(readObjectLeaf(value)?.category ?? ''),
    message,
    form: { kind: 'value', schema: leafSchema(categories) },
    explain: (value) => leafFault(value, message),
  });
}

/** A list of leaves of one category. */
export function IsLeafListOf(category: string): PropertyDecorator {
  const message = `must be a list of at most ${linesPerEventMax} leaves of ${category}`;
  const isMember = (leaf: unknown): boolean =>
    typeof leaf === 'string' && readObjectLeaf(leaf)?.category === category;
  return ruledBy({
    name: 'isLeafList',
    check: (value) =>
      Array.isArray(value) && value.length <= linesPerEventMax && value.every(isMember),
    message,
    form: {
      kind: 'value',
      schema: { type: 'array', items: leafSchema([category]), maxItems: linesPerEventMax },
    },
    explain: (value) => {
      if (!Array.isArray(value)) return { code: 'field_invalid', message };
      if (value.length > linesPerEventMax) return { code: 'too_many_lines', message };
      const index = value.findIndex((leaf) => !isMember(leaf));
      return {
        ...leafFault(value[index], `must be the leaf of a ${category}`),
        member: String(index),
      };
    },
  });
}

/** The leaf of any order, payment, shipment, return, item or inventory. */
export function IsLeaf(): PropertyDecorator {
  const message = 'must be a leaf, such as order-account:1001';
  return ruledBy({
    name: 'isLeaf',
    check: (value) => typeof value === 'string' && readObjectLeaf(value) !== undefined,
    message,
    form: { kind: 'value', schema: leafSchema([]) },
    explain: () => ({ code: 'leaf_invalid', message }),
  });
}

/** An ISO 4217 currency code. */
export function IsCurrency(): PropertyDecorator {
  const known = new Set<unknown>(currencyCodes());
  const message = 'must be an ISO 4217 currency code';
  return ruledBy({
    name: 'isCurrency',
    check: (value) => known.has(value),
    message,
    form: { kind: 'value', schema: { $ref: '#/$defs/Currency' } },
    explain: () => ({ code: 'currency_unknown', message }),
  });
}

/** A day `YYYY-MM-DD`, or an instant `YYYY-MM-DDTHH:MM:SS.sssZ`. */
export function IsDateOrInstant(): PropertyDecorator {
  return ruledBy({
    name: 'isDateOrInstant',
    check: (value) => typeof value === 'string' && (isDate(value) || isInstant(value)),
    message: 'must be a day YYYY-MM-DD or an instant YYYY-MM-DDTHH:MM:SS.sssZ',
    form: {
      kind: 'value',
      schema: {
        type: 'string',
        pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z)?$',
      },
    },
  });
}

/** An instant `YYYY-MM-DDTHH:MM:SS.sssZ`, where a day would not be exact enough. */
export function IsInstant(): PropertyDecorator {
  return ruledBy({
    name: 'isInstant',
    check: (value) => typeof value === 'string' && isInstant(value),
    message: 'must be an instant YYYY-MM-DDTHH:MM:SS.sssZ',
    form: {
      kind: 'value',
      schema: {
        type: 'string',
        pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$',
      },
    },
  });
}
