import type { EventStoreReader } from '#event-store';
import type { Pool } from 'pg';
import type { CacheLimits } from '../cache/fact-cache.js';
import type { EventFeed } from '../feed/event-feed.js';
import type { GroupPlan } from '../fold/derive-rows.js';
import type { LeaseTerms } from '../lease/lease-terms.js';
import type { ParkingLimits } from '../parking/parked-keys.js';
import type { SkippedEvents } from '../parking/parking-session.js';
import type { GenerationKey } from '../postgres/identifiers.js';
import type { EventReading } from './batch-folder.js';
import type { ProgressReporter } from './progress-reporter.js';

/** What a holder works with. */
export interface Holding<Event, View> extends EventReading {
  readonly store: EventStoreReader;
  readonly feed?: EventFeed;
  readonly pool: Pool;
  readonly plan: GroupPlan<Event, View>;
  readonly batchEventsMax: number;
  readonly cacheLimits?: CacheLimits | undefined;
  readonly parkingLimits?: ParkingLimits | undefined;
  readonly skippedEvents?: SkippedEvents | undefined;
  /** Tells this run from any other that takes the group. */
  readonly holder: string;
  readonly lease: LeaseTerms;
  readonly signal: AbortSignal;
  readonly reporter: ProgressReporter;
}

/** Which build of the tables a plan is of. */
export function keyOf<Event, View>({
  definition,
  generation,
}: GroupPlan<Event, View>): GenerationKey {
  return { groupName: definition.name, generation };
}
