import type {
  BackorderRow,
  IncomingRow,
} from '../../../../../projections/inventory-reservations/v1/goods-queries.js';
import type { StockRow } from '../../../../../projections/inventory-reservations/v1/queries.js';
import type { TransferLineRow } from '../../../../../projections/inventory-reservations/v1/transfer-queries.js';
import type { Page } from '../../http/requests/page.js';
import type { StockAnswer } from '../../http/stock/get-stock.query.js';
import { pathSegment } from '../http-request.js';
import type { ApiConnection, Parameters } from './connection.js';
import type { PastChoice } from './order-calls.js';

interface StockChoice extends PastChoice {
  readonly node?: string | undefined;
  readonly promiseBy?: string | undefined;
}

/** Goods: what is there, promised, under way and to come. */
export class StockCalls {
  constructor(private readonly connection: ApiConnection) {}

  stock(sku: string, { node, promiseBy, at }: StockChoice = {}): Promise<StockAnswer> {
    return this.connection.readAll(`/v1/stock/${pathSegment(sku)}`, { node, promiseBy, at });
  }

  oversoldStock(promiseBy?: string): Promise<Page<StockRow>> {
    return this.connection.readAll('/v1/oversold-stock', { promiseBy });
  }

  backorders(filter: Parameters, rows: number): Promise<Page<BackorderRow>> {
    return this.connection.readSome('/v1/backorders', filter, rows);
  }

  incoming(filter: Parameters, rows: number): Promise<Page<IncomingRow>> {
    return this.connection.readSome('/v1/incoming-stock', filter, rows);
  }

  transfers(filter: Parameters, rows: number): Promise<Page<TransferLineRow>> {
    return this.connection.readSome('/v1/transfers', filter, rows);
  }
}
