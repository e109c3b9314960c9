import { isWellFormedText } from '#kernel';
import { readObjectLeaf } from '../object-leaf.js';
import { type JsonSchema, ruledBy } from './field-rule.js';
import { identifierCharactersMax, linesPerEventMax } from './limits.js';

function listRule(
  member: { readonly message: string; readonly schema: JsonSchema },
  isMember: (value: unknown) => boolean,
): PropertyDecorator {
  const message = `must be a list of at most ${linesPerEventMax}, each ${member.message}`;
  return ruledBy({
    name: 'isListOfTexts',
    check: (value) =>
      Array.isArray(value) && value.length <= linesPerEventMax && value.every(isMember),
    message,
    form: {
      kind: 'value',
      schema: { type: 'array', items: member.schema, maxItems: linesPerEventMax },
    },
    explain: (value) => {
      if (!Array.isArray(value)) return { code: 'field_invalid', message };
      if (value.length > linesPerEventMax) return { code: 'too_many_lines', message };
      const index = value.findIndex((one) => !isMember(one));
      return {
        code: 'field_invalid',
        message: `must be ${member.message}`,
        member: String(index),
      };
    },
  });
}

/** A list of words of an enumeration, such as the steps a hold blocks. */
export function IsListOfOneOf(values: readonly string[]): PropertyDecorator {
  return listRule(
    { message: `one of ${values.join(', ')}`, schema: { type: 'string', enum: values } },
    (value) => typeof value === 'string' && values.includes(value),
  );
}

/** A list of ids or codes, each as its source wrote it. */
export function IsListOfIdentifiers(): PropertyDecorator {
  return listRule(
    {
      message: `text of 1 to ${identifierCharactersMax} characters`,
      schema: { type: 'string', minLength: 1, maxLength: identifierCharactersMax },
    },
    (value) =>
      typeof value === 'string' &&
      value !== '' &&
      Array.from(value).length <= identifierCharactersMax &&
      isWellFormedText(value),
  );
}

/** A list of leaves of things of any kind. */
export function IsListOfLeaves(): PropertyDecorator {
  return listRule(
    {
      message: 'a leaf, such as order-account:1001',
      schema: { type: 'string', pattern: '^[a-z][A-Za-z]*-(?:[A-Za-z0-9_.:~]|%[0-9A-F]{2})+$' },
    },
    (value) => typeof value === 'string' && readObjectLeaf(value) !== undefined,
  );
}
