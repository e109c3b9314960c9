/** A business day or batch of a source, and one of its number ranges; empty where it has one. */
export interface SourceSpan {
  readonly account: string;
  readonly span: string;
  readonly numberRange: string;
}

/** What a source says it sent. Numbers are exact: a source's count is below 2^53. */
export interface SourceTotal {
  readonly records: number;
  readonly firstSequence: number | null;
  readonly lastSequence: number | null;
  readonly sums: readonly DeclaredSum[];
  readonly eventId: string;
}

/** As the catalogue's control sums are. */
export interface DeclaredSum {
  readonly eventType: string;
  readonly records: number;
  readonly amount?: { readonly minor: number; readonly currency: string };
}

/** What the ledger holds of one type and currency; empty where its facts tell of no money. */
export interface HeldSum {
  readonly eventType: string;
  readonly currency: string;
  readonly facts: bigint;
  readonly corrected: bigint;
  readonly amountMinor: bigint;
}

/** Numbers that nobody sent, both ends included. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** What the ledger holds of the numbers between the first and the last. */
export interface HeldNumbers {
  readonly first: number | null;
  readonly last: number | null;
  readonly held: number;
  /** Numbers outside what the source says it used. */
  readonly beyond: number;
  readonly missing: number;
  /** The first of the gaps, by number. */
  readonly gaps: readonly Gap[];
}

export interface ComparedSum {
  readonly eventType: string;
  readonly currency: string | null;
  readonly declaredRecords: number;
  readonly heldRecords: number;
  readonly declaredMinor: string | null;
  readonly heldMinor: string | null;
  readonly matches: boolean;
}

export type CompletenessState = 'matched' | 'differs' | 'total_missing';

/** One business day or batch of a source, as the source counts it and as the ledger does. */
export interface Completeness extends SourceSpan {
  /** `matched`: every count, sum and number agrees; `total_missing`: the source has not said. */
  readonly state: CompletenessState;
  readonly declaredRecords: number | null;
  readonly heldRecords: number;
  /** Facts that were sent and then corrected away; they are in no sum. */
  readonly corrected: number;
  readonly numbers: HeldNumbers | null;
  readonly sums: readonly ComparedSum[];
  readonly totalEventId: string | null;
}

/**
 * Compares a source's total with what the ledger holds. Records are told by their numbers where the
 * source numbers them, since several facts may tell of one; else each fact that stands is a record.
 */
export function compareSpan(
  span: SourceSpan,
  total: SourceTotal | null,
  facts: readonly HeldSum[],
  numbers: HeldNumbers | null,
): Completeness {
  const heldFacts = Number(facts.reduce((sum, held) => sum + held.facts, 0n));
  const heldRecords = numbers === null ? heldFacts : numbers.held + numbers.beyond;
  const sums = (total?.sums ?? []).map((declared) => compareSum(declared, facts));
  const agrees =
    total !== null &&
    total.records === heldRecords &&
    (numbers === null || (numbers.missing === 0 && numbers.beyond === 0)) &&
    sums.every(({ matches }) => matches);
  const told = total === null ? 'total_missing' : 'differs';
  return {
    ...span,
    state: agrees ? 'matched' : told,
    declaredRecords: total?.records ?? null,
    heldRecords,
    corrected: Number(facts.reduce((sum, held) => sum + held.corrected, 0n)),
    numbers,
    sums,
    totalEventId: total?.eventId ?? null,
  };
}

function compareSum(
  { eventType, records, amount }: DeclaredSum,
  facts: readonly HeldSum[],
): ComparedSum {
  const held = facts.filter(
    (sum) =>
      sum.eventType === eventType && (amount === undefined || sum.currency === amount.currency),
  );
  const heldRecords = Number(held.reduce((sum, { facts: count }) => sum + count, 0n));
  const heldMinor = held.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  return {
    eventType,
    currency: amount?.currency ?? null,
    declaredRecords: records,
    heldRecords,
    declaredMinor: amount === undefined ? null : String(amount.minor),
    heldMinor: amount === undefined ? null : String(heldMinor),
    matches:
      heldRecords === records && (amount === undefined || heldMinor === BigInt(amount.minor)),
  };
}
