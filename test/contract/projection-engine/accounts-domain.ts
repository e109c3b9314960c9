import { canonicalDigest, canonicalJson } from '#kernel';
import type { RecordedEvent } from '#event-store';
import type {
  EngineEvent,
  GroupDefinition,
  Placement,
  Row,
  SubjectFacts,
} from '#projection-engine';
import type { InMemoryEventStore } from '../../doubles/in-memory-event-store.js';

export const prefix = 'bank.';

/** A small made-up domain with every kind of placement that the contract knows. */
export type AccountsEvent = { readonly eventId: string; readonly leaf: string } & (
  | { readonly type: 'BankOpened'; readonly bank: string }
  | { readonly type: 'Deposited'; readonly amount: number; readonly currency: string }
  | {
      readonly type: 'Transferred';
      readonly from: string;
      readonly to: string;
      readonly amount: number;
      readonly currency: string;
      /** Two systems that report one transfer both give it. */
      readonly reference: string;
    }
  | { readonly type: 'RateSet'; readonly rate: number }
  | { readonly type: 'Corrected'; readonly target: string }
  | { readonly type: 'AccountMerged'; readonly into: string }
);

export type Stored = AccountsEvent & { readonly revision: number; readonly sequence: number };

const eventName = (eventId: string): string => `event ${eventId}`;

export function placementOf(event: AccountsEvent): Placement {
  const place = (rest: Partial<Placement>): Placement => ({
    home: event.leaf,
    connects: [],
    subjects: [],
    reads: [],
    absorbedBy: [],
    ...rest,
  });
  switch (event.type) {
    case 'Deposited':
      return place({ connects: [eventName(event.eventId)], reads: [`rate-${event.currency}`] });
    case 'Transferred':
      return place({
        connects: [eventName(event.eventId), `reference ${event.reference}`],
        subjects: [event.from, event.to],
        reads: [`rate-${event.currency}`],
      });
    case 'Corrected':
      return place({ connects: [eventName(event.target)] });
    case 'AccountMerged':
      return place({ absorbedBy: [event.into] });
    default:
      return place({});
  }
}

/** All that belongs to a subject, with the facts of every home it sees. */
interface AccountsView {
  readonly facts: SubjectFacts<Stored>;
  readonly annulled: ReadonlySet<string>;
}

function factsOf(facts: SubjectFacts<Stored>): readonly Stored[] {
  return [...[...facts.homes.values()].flat(), ...facts.absorbed.flatMap(factsOf)];
}

/** Everything the engine hands over but what depends on arrival, so that a wrong hand-over shows. */
function outlineOf(facts: SubjectFacts<Stored>): unknown {
  const homes = (map: ReadonlyMap<string, readonly Stored[]>): unknown =>
    [...map].map(([name, events]) => [name, events.map((event) => event.eventId)]);
  return {
    subject: facts.subject,
    homes: homes(facts.homes),
    referenceHomes: homes(facts.referenceHomes),
    absorbed: facts.absorbed.map(outlineOf),
  };
}

function statementRows({ facts, annulled }: AccountsView): readonly Row[] {
  const rows: Row[] = [];
  const all = factsOf(facts);
  const sequences = all.map((event) => event.sequence);
  rows.push({
    table: 'subject_outline',
    values: [
      facts.subject,
      canonicalJson(outlineOf(facts)),
      all.map((event) => event.eventId).sort(),
      [...annulled].sort().at(0) ?? null,
      Math.max(-1, ...sequences),
    ],
  });
  const own = facts.homes.get(facts.subject) ?? [];
  for (const event of own) {
    if (event.type !== 'Deposited' || annulled.has(event.eventId)) continue;
    rows.push({ table: 'balance', values: [facts.subject, event.currency, BigInt(event.amount)] });
  }
  return [...rows, ...transferRows({ facts, annulled }, own)];
}

/** The least report of a transfer is the one that counts; which home that is changes as facts come. */
function transferRows({ facts, annulled }: AccountsView, own: readonly Stored[]): readonly Row[] {
  const rows: Row[] = [];
  const reports = [...facts.homes.values()]
    .flat()
    .filter((event) => event.type === 'Transferred' && !annulled.has(event.eventId));
  const seen = new Set<string>();
  for (const event of reports.sort((left, right) => (left.eventId < right.eventId ? -1 : 1))) {
    if (event.type !== 'Transferred' || seen.has(event.reference)) continue;
    seen.add(event.reference);
    if (!own.includes(event)) continue;
    const amount = BigInt(event.amount);
    rows.push(
      {
        table: 'transfer',
        values: [
          event.reference,
          event.from,
          event.to,
          amount,
          event.currency,
          JSON.stringify({ note: 'tab\tline\nquote" back\\slash', by: event.leaf }),
          event.leaf,
          event.revision,
        ],
      },
      { table: 'balance', values: [event.from, event.currency, -amount] },
      { table: 'balance', values: [event.to, event.currency, amount] },
    );
  }
  return rows;
}

export const accounts: GroupDefinition<Stored, AccountsView> = {
  name: 'accounts',
  projections: [
    {
      name: 'account-statements',
      version: 1,
      tables: [
        {
          name: 'subject_outline',
          kind: 'rows',
          columns: [
            { name: 'subject', type: 'text' },
            { name: 'outline', type: 'text' },
            { name: 'event_ids', type: 'text[]' },
            { name: 'annulled', type: 'text', nullable: true },
            { name: 'last_sequence', type: 'bigint', arrival: true },
          ],
          primaryKey: ['subject'],
        },
        {
          name: 'transfer',
          kind: 'rows',
          columns: [
            { name: 'reference', type: 'text' },
            { name: 'from_account', type: 'text' },
            { name: 'to_account', type: 'text' },
            { name: 'amount_minor', type: 'numeric' },
            { name: 'currency', type: 'text' },
            { name: 'note', type: 'jsonb' },
            { name: 'leaf', type: 'text' },
            { name: 'revision', type: 'bigint', arrival: true },
          ],
          primaryKey: ['reference'],
          indexes: [['from_account'], ['to_account']],
        },
        {
          name: 'balance',
          kind: 'sums',
          columns: [
            { name: 'account', type: 'text' },
            { name: 'currency', type: 'text' },
            { name: 'amount_minor', type: 'numeric' },
          ],
          primaryKey: ['account', 'currency'],
          waypointRows: 'all',
        },
      ],
      rowsOf: statementRows,
    },
  ],
  read: (stored: EngineEvent): Stored => {
    if (stored.type === 'Garbled') throw new Error('nobody knows the type Garbled');
    return {
      ...(stored.data as AccountsEvent),
      revision: stored.revision,
      sequence: stored.sequence,
    };
  },
  placementOf,
  eventIdOf: (event) => event.eventId,
  recordedAtOf: (metadata) => (metadata as { readonly recordedAt?: string }).recordedAt,
  sequenceOf: (event) => event.sequence,
  pack: (event) => event,
  unpack: (packed) => packed as Stored,
  viewOf: (facts) => ({
    facts,
    annulled: new Set(
      factsOf(facts).flatMap((event) => (event.type === 'Corrected' ? [event.target] : [])),
    ),
  }),
};

export function leafDigestOf(stored: EngineEvent): Buffer {
  const { leaf, revision, eventId, type, data } = stored;
  return Buffer.from(canonicalDigest({ leaf, revision, eventId, type, data }), 'hex');
}

export function ledgerIdOf(stored: EngineEvent): string | undefined {
  return stored.type === 'BankOpened' ? (stored.data as { bank: string }).bank : undefined;
}

export const reading = { streamPrefix: prefix, leafDigestOf, ledgerIdOf };

/** Writes an event of the domain to its stream. */
export function write(store: InMemoryEventStore, event: AccountsEvent): RecordedEvent {
  return store.write(prefix + event.leaf, {
    eventId: event.eventId,
    type: event.type,
    data: event,
    metadata: {},
  });
}

export const opening: AccountsEvent = {
  type: 'BankOpened',
  eventId: 'opening',
  leaf: 'bank-main',
  bank: 'bank one',
};
