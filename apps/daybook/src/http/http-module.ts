import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { PersonalDataVault } from '#personal-data';
import { Erasures } from '../erasure/erasures.js';
import { KeyRotations } from '../erasure/key-rotations.js';
import { Metrics } from '../metrics/metrics.js';
import { ParkedDesk } from '../parking/parked-desk.js';
import { GenerationDesk } from '../generations/generation-desk.js';
import { BackupsController } from './backups/backups.controller.js';
import { EventStoreBackups } from './backups/event-store-backups.js';
import { BooksController } from './books/books.controller.js';
import { GetTrialBalanceHandler } from './books/get-trial-balance.query.js';
import { ListEntriesHandler } from './books/list-entries.query.js';
import { AllocateStockHandler } from './decisions/allocate-stock.command.js';
import { DeallocateStockHandler } from './decisions/deallocate-stock.command.js';
import { ApprovalNotices } from './decisions/approval-notices.js';
import { DecisionTaking } from './decisions/decision-taking.js';
import { DecisionsController } from './decisions/decisions.controller.js';
import { GrantCreditHandler } from './decisions/grant-credit.command.js';
import { MarkDuplicateHandler } from './decisions/mark-duplicate.command.js';
import { OrderDecisionsController } from './decisions/order-decisions.controller.js';
import { RelatedOrders } from './decisions/related-orders.js';
import { StreamStates } from './decisions/stream-states.js';
import { ResolveVarianceHandler } from './decisions/resolve-variance.command.js';
import { RevertMergeHandler } from './decisions/revert-merge.command.js';
import { TransferBalanceHandler } from './decisions/transfer-balance.command.js';
import { CompleteErasureHandler, RequestErasureHandler } from './erasures/erasure-commands.js';
import { GetErasureHandler, ListErasuresHandler } from './erasures/erasure-queries.js';
import { ErasuresController } from './erasures/erasures.controller.js';
import { EventsController } from './events/events.controller.js';
import { RecordEventsHandler } from './events/record-events.command.js';
import { GoodsController } from './goods/goods.controller.js';
import { HealthController } from './health/health.controller.js';
import { ReadinessCheck } from './health/readiness.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { KeysController } from './keys/keys.controller.js';
import { GiftCardReads } from './money/gift-card-reads.js';
import { GiftCardsController } from './money/gift-cards.controller.js';
import { OpenMoneyController } from './money/open-money.controller.js';
import { PayoutReads } from './money/payout-reads.js';
import { PayoutsController } from './money/payouts.controller.js';
import { CountFindingsHandler } from './orders/count-findings.query.js';
import { FindingsController } from './orders/findings.controller.js';
import { GetEvidenceHandler } from './orders/get-evidence.query.js';
import { GetOrderHandler } from './orders/get-order.query.js';
import { GetTimelineHandler } from './orders/get-timeline.query.js';
import { ListFindingsHandler } from './orders/list-findings.query.js';
import { ListOrdersHandler } from './orders/list-orders.query.js';
import { ListOrphansHandler } from './orders/list-orphans.query.js';
import { OrphansController } from './orders/orphans.controller.js';
import { SearchController } from './orders/search.controller.js';
import { SearchHandler } from './orders/search.query.js';
import { ParkedController } from './parked/parked.controller.js';
import { ProjectionsController } from './projections/projections.controller.js';
import { OrdersController } from './orders/orders.controller.js';
import { ProblemsController } from './problems/problems.controller.js';
import { ListQuarantineHandler } from './quarantine/list-quarantine.query.js';
import { ResolveQuarantinedHandler } from './quarantine/resolve-quarantined.command.js';
import { QuarantineController } from './quarantine/quarantine.controller.js';
import type { KnownTail } from './reads/known-tail.js';
import { LedgerIdentity } from './reads/ledger-identity.js';
import { PagedReads } from './reads/paged-reads.js';
import { PastReadModels } from './reads/past-read-models.js';
import { PositionTokens } from './reads/position-tokens.js';
import { ReadAfter } from './reads/read-after.js';
import { ReadModels } from './reads/read-models.js';
import { AuthorityController } from './sources/authority.controller.js';
import { CompletenessController } from './sources/completeness.controller.js';
import { ListAuthorityHandler } from './sources/list-authority.query.js';
import { ListCompletenessHandler } from './sources/list-completeness.query.js';
import { SetAuthorityHandler } from './sources/set-authority.command.js';
import { GetStatisticsHandler } from './statistics/get-statistics.query.js';
import { StatisticsController } from './statistics/statistics.controller.js';
import { GetOversoldStockHandler } from './stock/get-oversold-stock.query.js';
import { GetStockHandler } from './stock/get-stock.query.js';
import { StockController } from './stock/stock.controller.js';
import { GetStreamHandler } from './streams/get-stream.query.js';
import { LedgerStreams } from './streams/ledger-streams.js';
import { StreamsController } from './streams/streams.controller.js';
import { WritePath } from './write-path.js';

/** What the composition root gives the API. */
export interface ApiParts {
  readonly ledger: LedgerIdentity;
  readonly streams: LedgerStreams;
  readonly writePath: WritePath;
  readonly readModels: ReadModels;
  readonly pastReadModels: PastReadModels;
  readonly tail: KnownTail;
  readonly readAfter: ReadAfter;
  readonly readiness: ReadinessCheck;
  readonly metrics: Metrics;
  readonly personalData: PersonalDataVault;
  readonly backups: EventStoreBackups;
  readonly erasures: Erasures;
  readonly keyRotations: KeyRotations;
  readonly generations: GenerationDesk;
  readonly parked: ParkedDesk;
}

const controllers = [
  EventsController,
  DecisionsController,
  OrderDecisionsController,
  OrdersController,
  StockController,
  GoodsController,
  GiftCardsController,
  PayoutsController,
  OpenMoneyController,
  BooksController,
  StreamsController,
  QuarantineController,
  ParkedController,
  FindingsController,
  OrphansController,
  SearchController,
  StatisticsController,
  BackupsController,
  ErasuresController,
  KeysController,
  ProjectionsController,
  HealthController,
  MetricsController,
  ProblemsController,
  AuthorityController,
  CompletenessController,
];

const handlers = [
  RecordEventsHandler,
  AllocateStockHandler,
  DeallocateStockHandler,
  GrantCreditHandler,
  MarkDuplicateHandler,
  RevertMergeHandler,
  TransferBalanceHandler,
  ResolveVarianceHandler,
  GetOrderHandler,
  GetEvidenceHandler,
  GetTimelineHandler,
  ListFindingsHandler,
  CountFindingsHandler,
  ListOrdersHandler,
  ListOrphansHandler,
  SearchHandler,
  GetOversoldStockHandler,
  GetStockHandler,
  ListEntriesHandler,
  GetTrialBalanceHandler,
  GetStreamHandler,
  ListQuarantineHandler,
  ResolveQuarantinedHandler,
  RequestErasureHandler,
  CompleteErasureHandler,
  ListErasuresHandler,
  GetErasureHandler,
  GetStatisticsHandler,
  SetAuthorityHandler,
  ListAuthorityHandler,
  ListCompletenessHandler,
];

/** The HTTP edge: controllers turn requests into commands and queries, handlers answer them. */
@Module({})
export class HttpModule {
  static of(parts: ApiParts): DynamicModule {
    return {
      module: HttpModule,
      imports: [CqrsModule.forRoot()],
      controllers,
      providers: [
        ...handlers,
        DecisionTaking,
        RelatedOrders,
        StreamStates,
        ApprovalNotices,
        PagedReads,
        GiftCardReads,
        PayoutReads,
        { provide: LedgerIdentity, useValue: parts.ledger },
        { provide: LedgerStreams, useValue: parts.streams },
        {
          provide: PositionTokens,
          useValue: new PositionTokens(parts.ledger, parts.streams, parts.tail),
        },
        { provide: WritePath, useValue: parts.writePath },
        { provide: ReadModels, useValue: parts.readModels },
        { provide: PastReadModels, useValue: parts.pastReadModels },
        { provide: ReadAfter, useValue: parts.readAfter },
        { provide: ReadinessCheck, useValue: parts.readiness },
        { provide: Metrics, useValue: parts.metrics },
        { provide: PersonalDataVault, useValue: parts.personalData },
        { provide: EventStoreBackups, useValue: parts.backups },
        { provide: Erasures, useValue: parts.erasures },
        { provide: KeyRotations, useValue: parts.keyRotations },
        { provide: ParkedDesk, useValue: parts.parked },
        { provide: GenerationDesk, useValue: parts.generations },
      ],
    };
  }
}
