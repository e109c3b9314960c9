import { Injectable } from '@nestjs/common';
import type { EventType } from '#events';
import {
  listPayouts,
  type PayoutFilter,
  payoutKeyOf,
  type PayoutRow,
} from '../../../../../projections/money-balances/v1/list-queries.js';
import {
  listStreamEntries,
  type StreamEntry,
  streamEntryKeyOf,
} from '../../../../../projections/order-timeline/v1/stream-entry-queries.js';
import { ProblemError } from '../problems/problem.js';
import { PagedReads } from '../reads/paged-reads.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf, pageRowsMax } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';

/** A batch by legal entity and currency, and a page of the lines and receipts it is told by. */
export interface PayoutAnswer extends Page<StreamEntry> {
  /** The leaf of the batch. */
  readonly batch: string;
  readonly payouts: readonly PayoutRow[];
}

const types: readonly EventType[] = ['SettlementLineReported', 'PayoutReceived'];

/** Payouts as the read models hold them. */
@Injectable()
export class PayoutReads {
  constructor(
    private readonly readModels: ReadModels,
    private readonly lists: PagedReads,
  ) {}

  list(slice: Slice, filter: PayoutFilter): Promise<Page<PayoutRow>> {
    return this.lists.page(slice, {
      rows: (client, part) => listPayouts(client, filter, part),
      keyOf: payoutKeyOf,
    });
  }

  /** @throws ProblemError where nothing is told of the batch */
  batch(batch: string, slice: Slice): Promise<PayoutAnswer> {
    return this.readModels.snapshot(async (client) => {
      const payouts = await listPayouts(client, { batch }, { limit: pageRowsMax });
      const rows = await listStreamEntries(client, batch, types, slice);
      if (payouts.length === 0 && rows.length === 0) {
        const detail = `Nothing is known of ${batch}.`;
        throw new ProblemError({ code: 'payout_not_found', detail });
      }
      return { batch, payouts, ...pageOf(rows, slice.limit, streamEntryKeyOf) };
    });
  }
}
