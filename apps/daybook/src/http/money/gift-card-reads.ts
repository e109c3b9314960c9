import { Injectable } from '@nestjs/common';
import type { Finding } from '#domain';
import type { EventType } from '#events';
import {
  giftCardKeyOf,
  listGiftCards,
} from '../../../../../projections/money-balances/v1/list-queries.js';
import {
  type GiftCardRow,
  giftCardBalances,
  listOverdrawnGiftCards,
} from '../../../../../projections/money-balances/v1/queries.js';
import {
  listStreamEntries,
  type StreamEntry,
  streamEntryKeyOf,
} from '../../../../../projections/order-timeline/v1/stream-entry-queries.js';
import {
  findingIn,
  type ToldFinding,
} from '../../../../../projections/order-timeline/v1/wording/findings-in-words.js';
import type { Language } from '../../../../../projections/order-timeline/v1/wording/index.js';
import { ProblemError } from '../problems/problem.js';
import { PagedReads } from '../reads/paged-reads.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';

/** A card of a list; one that is overdrawn says so. */
export interface ListedGiftCard extends GiftCardRow {
  readonly finding?: ToldFinding<Finding>;
}

/** What is on a card by currency, and a page of what moved it. */
export interface GiftCardAnswer extends Page<StreamEntry> {
  /** The card's leaf. */
  readonly card: string;
  readonly balances: readonly GiftCardRow[];
}

const movements: readonly EventType[] = [
  'GiftCardIssued',
  'GiftCardRedeemed',
  'GiftCardRefunded',
  'GiftCardExpired',
];

/** Gift cards as the read models hold them. */
@Injectable()
export class GiftCardReads {
  constructor(
    private readonly readModels: ReadModels,
    private readonly lists: PagedReads,
  ) {}

  list(slice: Slice): Promise<Page<ListedGiftCard>> {
    return this.lists.page<ListedGiftCard>(slice, { rows: listGiftCards, keyOf: giftCardKeyOf });
  }

  overdrawn(slice: Slice, language: Language): Promise<Page<ListedGiftCard>> {
    return this.lists.page<ListedGiftCard>(slice, {
      rows: async (client, { after, limit }) => {
        const cards = await listOverdrawnGiftCards(client, {
          after: after && [after[0] ?? '', after[1] ?? ''],
          limit,
        });
        return cards.map((card) => ({ ...card, finding: findingIn(language, card.finding) }));
      },
      keyOf: giftCardKeyOf,
    });
  }

  /** @throws ProblemError where nothing is told of the card */
  card(card: string, slice: Slice): Promise<GiftCardAnswer> {
    return this.readModels.snapshot(async (client) => {
      const balances = await giftCardBalances(client, card);
      const rows = await listStreamEntries(client, card, movements, slice);
      if (balances.length === 0 && rows.length === 0) {
        const detail = `Nothing is known of ${card}.`;
        throw new ProblemError({ code: 'gift_card_not_found', detail });
      }
      return { card, balances, ...pageOf(rows, slice.limit, streamEntryKeyOf) };
    });
  }
}
