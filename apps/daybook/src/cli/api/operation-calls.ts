import type { KeyRotation } from '#personal-data';
import type { ErasureRequest, ErasureResult } from '../../erasure/erasures.js';
import type { ErasureView } from '../../erasure/erasure-view.js';
import type { Page } from '../../http/requests/page.js';
import type { StatisticsAnswer } from '../../http/statistics/get-statistics.query.js';
import type {
  ParkedView,
  ResolutionRequest,
  ResolutionResult,
  RetryResult,
} from '../../parking/parked-desk.js';
import { pathSegment } from '../http-request.js';
import type { ApiConnection } from './connection.js';
import { commandLineAccount, DecisionCalls } from './decision-calls.js';

type Resolved = Extract<ResolutionResult, { readonly outcome: 'resolved' }>;

/** Who runs the ledger: what is parked, who is to be forgotten, the keys, the counts. */
export class OperationCalls {
  constructor(private readonly connection: ApiConnection) {}

  /** Asks for an erasure; repeated under its key where a store was away. */
  requestErasure(request: ErasureRequest): Promise<ErasureResult> {
    const decisions = new DecisionCalls(this.connection);
    return decisions.ask('/v1/erasures', request, { client: commandLineAccount });
  }

  completeErasure(erasureId: string, now: boolean): Promise<ErasureResult> {
    return this.connection.post(`/v1/erasures/${pathSegment(erasureId)}/complete`, { now });
  }

  erasures(): Promise<Page<ErasureView>> {
    return this.connection.readAll('/v1/erasures', {});
  }

  parked(): Promise<ParkedView> {
    return this.connection.read('/v1/parked');
  }

  retryParked(key: string): Promise<RetryResult> {
    return this.connection.post(`/v1/parked/${pathSegment(key)}/retry`);
  }

  resolveParked(key: string, request: ResolutionRequest): Promise<Resolved> {
    return this.connection.post(`/v1/parked/${pathSegment(key)}/resolve`, request);
  }

  /** Replaces the key-encryption key, which takes as long as it takes to wrap every key anew. */
  rotateKeys(): Promise<KeyRotation> {
    return this.connection.post('/v1/keys/rotations');
  }

  statistics(): Promise<StatisticsAnswer> {
    return this.connection.read('/v1/stats');
  }
}
