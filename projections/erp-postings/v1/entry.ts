import { type ReferenceData, zoneOfLegalEntity } from '#domain';
import type { AnyLedgerEvent } from '#events';
import { localDate, type Occurrence } from '#kernel';

/** One side of an entry; exactly one of debit and credit is not zero. */
export interface EntryLine {
  readonly account: string;
  readonly debit: bigint;
  readonly credit: bigint;
}

/** Why an entry cannot be posted yet. */
export type IncompleteReason =
  'order_missing' | 'order_line_missing' | 'cost_missing' | 'time_unknown';

/** A journal entry that the rules propose for one event. */
export interface ProposedEntry {
  readonly entryId: string;
  readonly event: AnyLedgerEvent;
  readonly rule: string;
  /** Whose contract account takes part: an order, or a payment that is not applied; else null. */
  readonly contract: string | null;
  readonly debtor: string;
  readonly legalEntity: string | null;
  readonly currency: string | null;
  readonly occurredOn: string | null;
  /** `YYYY-MM` in the legal entity's zone, or `undated`. */
  readonly period: string;
  readonly reason: IncompleteReason | null;
  readonly lines: readonly EntryLine[];
}

export function debit(account: string, minor: bigint): EntryLine {
  return { account, debit: minor, credit: 0n };
}

export function credit(account: string, minor: bigint): EntryLine {
  return { account, debit: 0n, credit: minor };
}

/** An entry as a rule describes it; id, day and period follow from the event. */
export interface EntryDraft {
  readonly event: AnyLedgerEvent;
  readonly rule: string;
  readonly contract: string | null;
  readonly debtor?: string;
  readonly legalEntity: string | null;
  readonly currency: string | null;
  readonly reason?: IncompleteReason;
  readonly lines: readonly EntryLine[];
}

/**
 * Makes an entry: lines of zero are left out, a negative line stands on the other side.
 * @throws Error where debits and credits differ, which no set of facts can make true.
 */
export function proposeEntry(draft: EntryDraft, reference: ReferenceData): ProposedEntry {
  const { event, rule, contract, legalEntity, currency } = draft;
  const lines = draft.reason === undefined ? draft.lines.map(onItsSide).filter(isNotZero) : [];
  const difference = lines.reduce((sum, line) => sum + line.debit - line.credit, 0n);
  if (difference !== 0n) {
    throw new Error(`The entry ${rule} of ${event.eventId} is out of balance by ${difference}.`);
  }
  const zone = legalEntity === null ? 'UTC' : zoneOfLegalEntity(reference, legalEntity);
  const occurredOn = dayOf(event.occurrence, zone);
  return {
    entryId: [event.eventId, rule, ...(contract === null ? [] : [contract])].join(' '),
    event,
    rule,
    contract,
    debtor: draft.debtor ?? '',
    legalEntity,
    currency,
    occurredOn,
    period: (occurredOn ?? dayOfBound(event.occurrence, zone))?.slice(0, 7) ?? 'undated',
    reason: draft.reason ?? null,
    lines,
  };
}

function onItsSide({ account, debit: left, credit: right }: EntryLine): EntryLine {
  const net = left - right;
  return net >= 0n ? debit(account, net) : credit(account, -net);
}

function isNotZero(line: EntryLine): boolean {
  return line.debit !== 0n || line.credit !== 0n;
}

function dayOf({ occurredAt, precision }: Occurrence, zone: string): string | null {
  if (occurredAt === null) return null;
  return precision === 'date' ? occurredAt : localDate(occurredAt, zone);
}

function dayOfBound({ notBefore }: Occurrence, zone: string): string | null {
  return notBefore === null ? null : localDate(notBefore, zone);
}
