import type { Pool } from 'pg';
import {
  askForRetry,
  listParkedEvents,
  listParkedKeys,
  type ParkedEventEntry,
  type ParkedKeyEntry,
  readActiveGeneration,
  readParkedEvent,
  type RetryAnswer,
} from '#projection-engine';
import {
  listResolutions,
  readResolution,
  recordResolution,
  type Resolution,
} from './resolutions.js';

const eventsShownMax = 20;
const resolutionsShownMax = 500;
const retryWaitMilliseconds = 15_000;

/** A parked key with the first of the events that wait. */
export interface ParkedKeyView extends ParkedKeyEntry {
  readonly first: readonly ParkedEventEntry[];
}

export interface ParkedView {
  readonly keys: readonly ParkedKeyView[];
  readonly resolutions: readonly Resolution[];
}

/** What became of a retry; `pending` where the projector did not answer in time. */
export type RetryResult = RetryAnswer | { readonly outcome: 'pending' };

export interface ResolutionRequest {
  /** Named, so that a request that is sent again does not decide about the event behind it. */
  readonly eventId: string;
  readonly decision: 'skip';
  readonly reason: string;
  readonly decidedBy: string;
}

export type ResolutionResult =
  | { readonly outcome: 'resolved'; readonly resolution: Resolution; readonly retry: RetryResult }
  | { readonly outcome: 'not_parked' }
  /** Nothing is wrong with the event itself: an event before it is what has to be decided about. */
  | { readonly outcome: 'waits' };

/** Where people see what is parked, and decide what becomes of it. */
export class ParkedDesk {
  constructor(
    private readonly pool: Pool,
    readonly groupName: string,
  ) {}

  async view(): Promise<ParkedView> {
    const key = await this.active();
    const entries = key === undefined ? [] : await listParkedKeys(this.pool, key);
    const keys = await Promise.all(
      entries.map(async (entry) => ({
        ...entry,
        first: await listParkedEvents(
          this.pool,
          key ?? { groupName: this.groupName },
          entry.key,
          eventsShownMax,
        ),
      })),
    );
    return { keys, resolutions: await listResolutions(this.pool, resolutionsShownMax) };
  }

  /** Has the projector read the events of a key again and apply what can be applied. */
  async retry(key: string): Promise<RetryResult> {
    const active = await this.active();
    if (active === undefined) return { outcome: 'not_parked' };
    const answer = await askForRetry(this.pool, active, key, retryWaitMilliseconds);
    return answer ?? { outcome: 'pending' };
  }

  /**
   * Records a decision about an event that cannot be applied, and retries its key. What waits behind
   * the event is applied; where another of them cannot be, the key stays parked for that one.
   */
  async resolve(key: string, request: ResolutionRequest): Promise<ResolutionResult> {
    const known = await readResolution(this.pool, request.eventId);
    if (known !== undefined) {
      return { outcome: 'resolved', resolution: known, retry: await this.retry(key) };
    }
    const event = await readParkedEvent(this.pool, this, key, request.eventId);
    if (event === undefined) return { outcome: 'not_parked' };
    if (event.code === 'waits') return { outcome: 'waits' };
    const { leaf, revision } = event;
    const resolution = await recordResolution(this.pool, { ...request, leaf, revision, key });
    return { outcome: 'resolved', resolution, retry: await this.retry(key) };
  }

  private async active() {
    const found = await readActiveGeneration(this.pool, this.groupName);
    return found && { groupName: this.groupName, generation: found.generation };
  }
}
