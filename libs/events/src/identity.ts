import { canonicalDigest, eventIdOf } from '#kernel';
import type { EventParts } from './event-definition.js';
import type { EventKeys } from './event-keys.js';
import { approvalNamedBy } from './oversight/approval-named.js';
import { definitionOf, type EventType } from './registry.js';

/** An event's parts together with its type: all that its identity is made of. */
export interface IdentifiableEvent extends EventParts<object> {
  readonly type: EventType;
}

/**
 * SHA-256 over what the report says: its time and its fields, without personal data, which may be
 * erased, and with the object's version on the classes that carry one.
 */
export function contentDigestOf(event: IdentifiableEvent): string {
  const { occurredAt, precision, notBefore, notAfter } = event.occurrence;
  const definition = definitionOf(event.type);
  const data: Record<string, unknown> = { ...event.data };
  for (const { field } of definition.personalData) delete data[field];
  const content = { occurredAt, precision, notBefore, notAfter, data };
  return canonicalDigest(
    definition.versioned && event.version !== null
      ? { ...content, version: event.version }
      : content,
  );
}

/** Everything of a fact's identity but its content: two statements of one report share it. */
export function statementKeyOf(event: IdentifiableEvent): readonly string[] {
  const discriminators = definitionOf(event.type).discriminators(event);
  return [event.account, event.leaf, event.type, ...discriminators].map(inNormalForm);
}

/** The id of a fact: the same statement by the same account is the same event, however often it comes. */
export function factIdOf(event: IdentifiableEvent): string {
  return eventIdOf([...statementKeyOf(event), contentDigestOf(event)]);
}

/** The happening an event reports, beginning with its type, or null where it stands alone. */
export function businessKeyOf(event: IdentifiableEvent): string | null {
  const key = definitionOf(event.type).businessKey(event);
  return key === null ? null : JSON.stringify([event.type, ...key].map(inNormalForm));
}

/**
 * Where an event belongs; see {@link EventKeys}. What was done by an approval reads it: an approval
 * may cover hundreds of events, which are not to be joined by it.
 */
export function keysOf(event: IdentifiableEvent & { readonly eventId: string }): EventKeys {
  const own = definitionOf(event.type).keys(event);
  const approval = approvalNamedBy(event);
  return approval === undefined ? own : { ...own, reads: [...own.reads, approval] };
}

/** Ids are compared as they stand in leaves and event ids: in Unicode normalisation form C. */
function inNormalForm(part: string): string {
  return part.normalize('NFC');
}
