import type { Category } from './categories.js';
import type { EventKind, LedgerEvent } from './envelope.js';
import type { EventKeys } from './event-keys.js';

/**
 * Whether an event does something, and what, or why it does not. `later` is what the accounting
 * gives it although the rule set in force does not make it yet.
 */
export interface Effect {
  readonly does: 'yes' | 'later' | 'never';
  readonly words: string;
}

/** What an event does to the books and the stock; generated into the documentation. */
export interface EventEffect {
  readonly posts: Effect;
  readonly movesStock: Effect;
}

/** Whose word a class takes. */
export type Authority = 'issuer' | 'any';

/**
 * Turns the data of one version into that of the next. What is stored stays as it is, and so does
 * the id that its content gave it: ids are never derived again from data that was carried over.
 */
export type Upcaster = (data: Readonly<Record<string, unknown>>) => object;

/** What the functions of a definition yield, in words for the catalogue page. */
export interface EventWords {
  readonly discriminators: string;
  readonly businessKey: string;
  readonly touches: string;
}

/** What a field of personal data is about. */
export interface PersonalDataField<Data> {
  readonly field: keyof Data & string;
  /** Names the person's key: the same subject always, and nothing that tells who it is. */
  readonly subject: (event: EventParts<Data>) => string;
}

/** The parts of an event that its identity and its keys are made of. */
export type EventParts<Data> = Omit<LedgerEvent<string, Data>, 'arrival' | 'eventId' | 'type'>;

/**
 * One event class with all that the catalogue settles about it.
 * The first twenty follow one table: leaf, may be, discriminators, business key, personal data,
 * touches, posts.
 */
export interface EventDefinition<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  /** The class that class-validator checks input against. */
  readonly dataClass: new () => Data;
  readonly schemaVersion: number;
  /** One a former version, oldest first: each leads to the next. Left out in version 1. */
  readonly upcasters?: readonly Upcaster[];
  /** The categories of leaf it may lie on. */
  readonly categories: readonly Category[];
  /** The required text fields that are the parts of its leaf, where the data names it. */
  readonly leafFields?: readonly (keyof Data & string)[];
  readonly mayBe: readonly EventKind[];
  /** True where a channel may give the source object's version and the content can change under it. */
  readonly versioned: boolean;
  /** The source's own keys that tell two reports of one type on one leaf apart. */
  readonly discriminators: (event: EventParts<Data>) => readonly string[];
  /**
   * Which part of its thing a report speaks of, where discriminators and business key leave that out
   * and the ids that were made without it are to stay: of two parts there are two reports, and two
   * happenings.
   */
  readonly part?: (event: EventParts<Data>) => string;
  /** The happening it reports, without the event type; null where nothing can witness it twice. */
  readonly businessKey: (event: EventParts<Data>) => readonly string[] | null;
  /**
   * The field with the provider's own number of what is reported, a part of the business key; empty
   * where the reporter does not know it. Such a report counts only while no numbered one is there.
   */
  readonly numberedBy?: keyof Data & string;
  /**
   * The amounts or units that the witnesses of one happening have to agree on, as comparable text;
   * null where this report tells of none, and so agrees with any.
   */
  readonly measure?: (event: EventParts<Data>) => string | null;
  /**
   * Whose word it takes, where a rule of authority says nothing: the account's that issued the id of
   * what it is about, or anybody's. Left out: the issuer's where it posts or moves stock, else
   * anybody's. Said by others alone, what takes the issuer's word counts with a finding.
   */
  readonly authority?: Authority;
  readonly personalData: readonly PersonalDataField<Data>[];
  readonly keys: (event: EventParts<Data> & { readonly eventId: string }) => EventKeys;
  readonly words: EventWords;
  readonly effect: EventEffect;
  /** In words for the catalogue page: what one event of this class tells. */
  readonly description: string;
  /** The field rules that span several fields; each yields the field at fault and what is wrong. */
  readonly checks?: (event: EventParts<Data>) => readonly FieldFault[];
}

/** Whose word a class takes, said or by what it does. */
export function authorityOf({
  authority,
  effect,
}: Pick<EventDefinition, 'authority' | 'effect'>): Authority {
  const doesNothing = effect.posts.does === 'never' && effect.movesStock.does === 'never';
  return authority ?? (doesNothing ? 'any' : 'issuer');
}

export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/**
 * Keeps the literal type while checking the shape. Throws where the chain of upcasters has a gap, so
 * that a program that cannot read a former version does not start.
 */
export function defineEvent<const Type extends string, Data extends object>(
  definition: EventDefinition<Type, Data>,
): EventDefinition<Type, Data> {
  const { type, schemaVersion, upcasters = [] } = definition;
  if (upcasters.length !== schemaVersion - 1) {
    throw new Error(
      `${type} is in version ${schemaVersion} and has ${upcasters.length} upcasters: each former version needs one.`,
    );
  }
  return Object.freeze(definition);
}
