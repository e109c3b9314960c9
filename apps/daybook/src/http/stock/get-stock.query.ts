import type { ClientBase } from 'pg';
import type { AsOf, Moment } from '#projection-engine';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  listOpenReservations,
  listStock,
  type ReservationRow,
  type StockClock,
  type StockFilter,
  stockKeyOf,
  type StockRow,
} from '../../../../../projections/inventory-reservations/v1/queries.js';
import { type OfThePast, PastReadModels } from '../reads/past-read-models.js';
import { type Parked, parkedOfStock } from '../reads/parked-notice.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';

/** The stock of an item by node and owner, with the first of the reservations that hold units. */
export interface StockAnswer extends Page<StockRow>, OfThePast, Parked {
  readonly sku: string;
  readonly openReservations: readonly ReservationRow[];
}

/** What the stock of an item is read from. */
const stockTables = ['stock', 'reservation', 'soft_reservation', 'incoming_stock'];

export class GetStock extends Query<StockAnswer> {
  constructor(
    readonly filter: StockFilter,
    readonly slice: Slice,
    readonly clock: StockClock,
    readonly at?: Moment,
  ) {
    super();
  }
}

@QueryHandler(GetStock)
export class GetStockHandler implements IQueryHandler<GetStock> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly past: PastReadModels,
  ) {}

  execute({ filter, slice, clock, at }: GetStock): Promise<StockAnswer> {
    const read = async (client: ClientBase, asOf?: AsOf): Promise<StockAnswer> => {
      const rows = await listStock(client, filter, clock, slice);
      const openReservations = await listOpenReservations(client, filter, slice.limit);
      const nodes = [...new Set(rows.map(({ node }) => node))];
      const parked = await parkedOfStock(
        client,
        this.readModels.groupName,
        filter.sku,
        nodes,
        asOf,
      );
      return {
        sku: filter.sku,
        parked,
        ...pageOf(rows, slice.limit, stockKeyOf),
        openReservations,
      };
    };
    if (at === undefined) return this.readModels.snapshot(read);
    return this.past.read(at, { tables: stockTables }, read);
  }
}
