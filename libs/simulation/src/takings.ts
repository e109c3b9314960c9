import type { Marketplace, Store } from './retailer.js';

/** What a till took on a business day, as its own sums have it. */
export interface TillDay {
  readonly store: Store;
  readonly day: string;
  /** Tickets it numbered, those included that never arrived. */
  tickets: number;
  ticketsMinor: number;
  cashMinor: number;
}

/** One sale that a marketplace pays out, with what it keeps. */
export interface MarketplaceSale {
  readonly order: string;
  readonly grossMinor: number;
  readonly commissionMinor: number;
}

/** What a marketplace sold on a day. */
export interface MarketplaceDay {
  readonly marketplace: Marketplace;
  readonly day: string;
  readonly sales: MarketplaceSale[];
}

/** What the day's tills and marketplaces took, for the sums they tell at its end. */
export class Takings {
  readonly #tills = new Map<string, TillDay>();
  readonly #marketplaces = new Map<string, MarketplaceDay>();

  /** Counts a ticket and returns its number on that day. */
  addTicket(store: Store, day: string, minor: number): number {
    const till = this.#tillOf(store, day);
    till.tickets += 1;
    till.ticketsMinor += minor;
    return till.tickets;
  }

  /** Cash that came in, or below zero went out. */
  addCash(store: Store, day: string, minor: number): void {
    this.#tillOf(store, day).cashMinor += minor;
  }

  addSale(marketplace: Marketplace, day: string, sale: MarketplaceSale): void {
    const key = JSON.stringify([marketplace.account, day]);
    const sold = this.#marketplaces.get(key) ?? { marketplace, day, sales: [] };
    this.#marketplaces.set(key, sold);
    sold.sales.push(sale);
  }

  get tillDays(): Iterable<TillDay> {
    return this.#tills.values();
  }

  get marketplaceDays(): Iterable<MarketplaceDay> {
    return this.#marketplaces.values();
  }

  #tillOf(store: Store, day: string): TillDay {
    const key = JSON.stringify([store.node, day]);
    const till = this.#tills.get(key) ?? {
      store,
      day,
      tickets: 0,
      ticketsMinor: 0,
      cashMinor: 0,
    };
    this.#tills.set(key, till);
    return till;
  }
}
