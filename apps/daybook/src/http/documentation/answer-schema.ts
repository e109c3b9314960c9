import { pageRowsMax } from '../requests/page.js';

/** A JSON Schema (2020-12), as OpenAPI 3.1 holds it. */
export type AnswerSchema = Readonly<Record<string, unknown>>;

/** A member that may be absent. */
class OptionalMember {
  constructor(readonly schema: AnswerSchema) {}
}

type Member = AnswerSchema | OptionalMember;

/** A member for each field of the answer's type: the compiler asks for one that is new. */
type MembersOf<Answer> = { readonly [Field in keyof Answer]-?: Member };

export const text: AnswerSchema = { type: 'string' };
export const whole: AnswerSchema = { type: 'integer' };
export const number: AnswerSchema = { type: 'number' };
export const flag: AnswerSchema = { type: 'boolean' };
/** A count or an amount that may outgrow what a JSON number holds exactly: digits. */
export const digits: AnswerSchema = { type: 'string', pattern: '^-?\\d+$' };
/** An RFC 3339 instant in UTC. */
export const instant: AnswerSchema = { type: 'string', format: 'date-time' };
/** Any JSON object. */
export const anyObject: AnswerSchema = { type: 'object' };

export function optional(schema: AnswerSchema): OptionalMember {
  return new OptionalMember(schema);
}

export function orNull(schema: AnswerSchema): AnswerSchema {
  const { type } = schema;
  return typeof type === 'string' && !('enum' in schema)
    ? { ...schema, type: [type, 'null'] }
    : { anyOf: [schema, { type: 'null' }] };
}

export function oneOf(...values: readonly string[]): AnswerSchema {
  return { type: 'string', enum: values };
}

/** One of several kinds of answers. */
export function anyOf(...schemas: readonly AnswerSchema[]): AnswerSchema {
  return { anyOf: schemas };
}

export function listOf(items: AnswerSchema): AnswerSchema {
  return { type: 'array', items };
}

export function mapOf(values: AnswerSchema): AnswerSchema {
  return { type: 'object', additionalProperties: values };
}

/** An object with these members and no others. */
export function objectOf<Answer>(members: MembersOf<Answer>): AnswerSchema {
  const entries = Object.entries<Member>(members);
  const isRequired = ([, member]: readonly [string, Member]) => !(member instanceof OptionalMember);
  return {
    type: 'object',
    required: entries.filter(isRequired).map(([name]) => name),
    properties: Object.fromEntries(
      entries.map(([name, member]) => [
        name,
        member instanceof OptionalMember ? member.schema : member,
      ]),
    ),
    additionalProperties: false,
  };
}

/** The members of a page, for answers that hold more than a page does. */
export function pageMembers(items: AnswerSchema) {
  return {
    items: { type: 'array', items, maxItems: pageRowsMax },
    next: {
      type: ['string', 'null'],
      description: 'The cursor of the page behind this one, or null behind the last.',
    },
  } as const;
}

export function pageOfSchema(items: AnswerSchema): AnswerSchema {
  return objectOf<{ readonly items: unknown; readonly next: unknown }>(pageMembers(items));
}
