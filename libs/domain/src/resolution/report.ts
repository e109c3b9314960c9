import {
  type AnyLedgerEvent,
  businessKeyOf,
  definitionOf,
  type EventKeys,
  keysOf,
  statementKeyOf,
} from '#events';
import { compareInstants, compareText, comparableInstant } from '#kernel';
import { rankOf } from '../authority.js';
import { type ReferenceData, zoneOfAccount } from '../reference-data.js';
import type { RegisterFact } from './register.js';

/**
 * An event with what the rules of standing compare it by. It is read off the event once, when the
 * event comes from the store, since the event is judged again with every fact that joins it.
 */
export interface Report extends RegisterFact {
  readonly event: AnyLedgerEvent;
  /** Where it belongs. */
  readonly keys: EventKeys;
  /** The happening it reports, or null where nothing can witness it twice. */
  readonly businessKey: string | null;
  /** Shared by the statements one account makes of one report; a decision's own. */
  readonly statement: string;
  /** True where a later version replaces an earlier one instead of contradicting it. */
  readonly versioned: boolean;
}

/** Reads off an event where it belongs and what standing is judged by. */
export function reportOf(event: AnyLedgerEvent, reference: ReferenceData): Report {
  const businessKey = businessKeyOf(event);
  return {
    event,
    keys: keysOf(event),
    factId: event.eventId,
    object: JSON.stringify([event.account, event.leaf]),
    rank: rankOf(reference, event),
    version: event.version === null ? null : BigInt(event.version),
    at: comparableInstant(event.occurrence, zoneOfAccount(reference, event.account)),
    businessKey: businessKey === null ? null : withPart(businessKey, event),
    // A decision is taken once: what was decided the same way again is another decision.
    statement:
      event.kind === 'decision'
        ? event.eventId
        : withPart(JSON.stringify(statementKeyOf(event)), event),
    versioned: definitionOf(event.type).versioned,
  };
}

/** A key that leaves out the part of its thing which the event speaks of, with that part. */
function withPart(key: string, event: AnyLedgerEvent): string {
  const part = definitionOf(event.type).part?.(event);
  return part === undefined ? key : JSON.stringify([key, part]);
}

/** The order in which things happened: the unknown last, ids decide between equals. */
export function compareByOccurrence(left: RegisterFact, right: RegisterFact): number {
  return compareInstants(left.at, right.at) || compareText(left.factId, right.factId);
}

/** The order in which reports of one happening are believed. */
export function compareByAuthority(left: RegisterFact, right: RegisterFact): number {
  return left.rank - right.rank || compareByOccurrence(left, right);
}
