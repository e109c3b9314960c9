import {
  type ReferenceData,
  type Report,
  reportOf,
  type SubjectView,
  subjectViewOf,
} from '#domain';
import { type AnyLedgerEvent, readStoredEvent } from '#events';
import { isInstant } from '#kernel';
import type { GroupDefinition } from '#projection-engine';
import { erpPostings } from './erp-postings/v1/rows.js';
import { inventoryReservations } from './inventory-reservations/v1/rows.js';
import { moneyBalances } from './money-balances/v1/rows.js';
import { orderTimeline } from './order-timeline/v1/rows.js';
import { sourceControl } from './source-control/v1/rows.js';

/** The read models of a ledger: one group, so that all of them stand at the same position. */
export function daybookGroup(reference: ReferenceData): GroupDefinition<Report, SubjectView> {
  return {
    name: 'daybook',
    projections: [orderTimeline, inventoryReservations, erpPostings, moneyBalances, sourceControl],
    read: (stored) => {
      const reading = readStoredEvent(stored);
      if (reading.outcome === 'unreadable') throw new Error(reading.message);
      return reportOf(reading.event, reference);
    },
    placementOf: ({ keys }) => keys,
    eventIdOf: ({ factId }) => factId,
    recordedAtOf: (metadata) => {
      const { recordedAt } = (metadata ?? {}) as { readonly recordedAt?: unknown };
      return typeof recordedAt === 'string' && isInstant(recordedAt) ? recordedAt : undefined;
    },
    sequenceOf: ({ event }) => event.arrival.sequence,
    pack: ({ event }) => event,
    unpack: (packed) => reportOf(packed as AnyLedgerEvent, reference),
    viewOf: (facts) => subjectViewOf(facts, reference),
  };
}
