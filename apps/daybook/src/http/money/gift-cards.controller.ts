import { Controller, Get, Headers, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { isStreamEntryKey } from '../../../../../projections/order-timeline/v1/stream-entry-queries.js';
import { languageFor } from '../../../../../projections/order-timeline/v1/wording/index.js';
import { ApiAnswer } from '../documentation/api-answers.js';
import { ApiProblems, readProblemStatuses } from '../documentation/api-problems.js';
import type { Page } from '../requests/page.js';
import { ReadAfterInterceptor } from '../requests/read-after.interceptor.js';
import { sliceOf } from '../requests/slice.js';
import { type GiftCardAnswer, GiftCardReads, type ListedGiftCard } from './gift-card-reads.js';
import { giftCardSchema, giftCardsSchema } from './money.answers.js';
import { GiftCardsQueryDto } from './money.dto.js';
import { thingLeafOf } from '../requests/thing-leaf.js';
import { ThingQueryDto } from '../requests/thing.dto.js';

@ApiProblems(readProblemStatuses)
@ApiTags('money')
@Controller('v1/gift-cards')
@UseInterceptors(ReadAfterInterceptor)
export class GiftCardsController {
  constructor(private readonly cards: GiftCardReads) {}

  @Get()
  @ApiOperation({ summary: 'Gift cards with something on them, or those that are overdrawn' })
  @ApiAnswer(giftCardsSchema)
  list(
    @Query() query: GiftCardsQueryDto,
    @Headers('accept-language') accepted?: string,
  ): Promise<Page<ListedGiftCard>> {
    const slice = sliceOf(query, 2);
    if (query.overdrawn !== 'true') return this.cards.list(slice);
    return this.cards.overdrawn(slice, query.language ?? languageFor(accepted));
  }

  @Get(':card')
  @ApiOperation({ summary: 'What is on a gift card, and what moved it' })
  @ApiParam({ name: 'card', description: 'Its leaf, or with account its id as its issuer has it.' })
  @ApiAnswer(giftCardSchema)
  card(@Param('card') card: string, @Query() query: ThingQueryDto): Promise<GiftCardAnswer> {
    const leaf = thingLeafOf('giftCard', card, query.account);
    return this.cards.card(leaf, sliceOf(query, 1, isStreamEntryKey));
  }
}
