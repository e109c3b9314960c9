import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { EventStore } from '#event-store';
import { type AnyNewEvent, readStoredEvent } from '#events';
import { decisionIdOf, refuse, type Refusal } from '#kernel';
import { prepareEvent } from './prepared-event.js';

export const ledgerLeaf = 'ledger-main';

/** The version of the rules for names, ids and canonical bytes. */
const schemeVersion = 1;

export interface OpenedLedger {
  readonly outcome: 'opened';
  readonly ledgerId: string;
  /** Names this copy of the event store; positions of another copy mean nothing here. */
  readonly storeId: string;
  /** True where this call wrote the ledger's first event. */
  readonly isNew: boolean;
}

export interface LedgerOpeningParts {
  readonly store: EventStore;
  readonly pool: Pool;
  readonly prefix: string;
  readonly clock: () => string;
}

interface LedgerRow {
  readonly ledger_id: string;
  readonly store_id: string;
}

/**
 * Opens the ledger: its first event is written where the store holds none, and the database
 * remembers whose ledger it keeps. A store and a database that do not belong together are refused,
 * also where the store was emptied.
 *
 * @throws Error where the store or the database cannot be asked, or the first event cannot be read.
 */
export async function openLedger(
  parts: LedgerOpeningParts,
): Promise<OpenedLedger | Refusal<'ledger_differs'>> {
  const remembered = await rememberedLedger(parts.pool);
  const standing = await standingLedgerId(parts);
  if (standing === undefined && remembered !== undefined) {
    const message = `The database belongs to the ledger ${remembered.ledger_id}, and the event store has no ledger under ${parts.prefix}.`;
    return refuse('ledger_differs', message);
  }
  const ledgerId = standing ?? (await writeFirstEvent(parts));
  const { ledger_id: keptId, store_id: storeId } =
    remembered ?? (await rememberLedger(parts.pool, ledgerId));
  if (keptId !== ledgerId) {
    const message = `The database belongs to the ledger ${keptId}, and the event store holds ${ledgerId}.`;
    return refuse('ledger_differs', message);
  }
  return { outcome: 'opened', ledgerId, storeId, isNew: standing === undefined };
}

async function rememberedLedger(pool: Pool): Promise<LedgerRow | undefined> {
  const { rows } = await pool.query<LedgerRow>('SELECT ledger_id, store_id FROM kept.ledger');
  return rows[0];
}

/** Of several processes that start at once the first remembers; all of them read what it did. */
async function rememberLedger(pool: Pool, ledgerId: string): Promise<LedgerRow> {
  await pool.query(
    'INSERT INTO kept.ledger (ledger_id, store_id) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    [ledgerId, randomUUID()],
  );
  const row = await rememberedLedger(pool);
  if (row === undefined) throw new Error('The ledger was remembered and is not found.');
  return row;
}

async function standingLedgerId({
  store,
  prefix,
}: LedgerOpeningParts): Promise<string | undefined> {
  const read = await store.readStream({
    stream: `${prefix}${ledgerLeaf}`,
    fromRevision: 0,
    direction: 'forwards',
    eventsMax: 1,
  });
  const [first] = read.outcome === 'read' ? read.events : [];
  if (first === undefined) return undefined;
  const { eventId, type, data, metadata, revision } = first;
  const stored = readStoredEvent({
    leaf: ledgerLeaf,
    eventId,
    type,
    data,
    metadata,
    revision,
    sequence: 0,
  });
  if (stored.outcome !== 'read' || stored.event.type !== 'LedgerOpened') {
    throw new Error(`The first event of ${prefix}${ledgerLeaf} does not open a ledger.`);
  }
  return stored.event.data.ledgerId;
}

async function writeFirstEvent(parts: LedgerOpeningParts): Promise<string> {
  const ledgerId = randomUUID();
  const now = parts.clock();
  const identity = { client: 'daybook', route: 'open', idempotencyKey: '' };
  const event: AnyNewEvent = {
    eventId: decisionIdOf({ ...identity, leaf: ledgerLeaf, step: '0' }),
    type: 'LedgerOpened',
    leaf: ledgerLeaf,
    kind: 'decision',
    account: 'daybook',
    occurrence: { occurredAt: now, precision: 'instant', notBefore: null, notAfter: null },
    version: null,
    transaction: null,
    data: { ledgerId, schemeVersion },
  };
  const stamp = { recordedAt: now, recordedBy: 'daybook', deliveryDigest: '' };
  const preparation = prepareEvent(event, { ...stamp, translatorVersion: 'decision 1' });
  if (preparation.outcome !== 'prepared') throw new Error(preparation.message);
  const { type, data, metadata } = preparation.event;
  const outcome = await parts.store.append({
    stream: `${parts.prefix}${ledgerLeaf}`,
    expectedRevision: 'no_stream',
    events: [{ eventId: event.eventId, type, data, metadata }],
  });
  if (outcome.outcome === 'refused') throw new Error(outcome.message);
  // Whatever the answer, the stream is the truth: another process may have been first.
  const standing = await standingLedgerId(parts);
  if (standing === undefined) {
    throw new Error('The first event of the ledger could not be written. Start again.');
  }
  return standing;
}
