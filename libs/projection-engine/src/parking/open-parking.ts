import type { ClientBase } from 'pg';
import type { GroupPlan } from '../fold/derive-rows.js';
import type { BatchFolder, EventReading } from '../run/batch-folder.js';
import { defaultParkingLimits, type ParkingLimits } from './parked-keys.js';
import { readParkedKeys } from './parked-rows.js';
import { ParkingSession, type SkippedEvents } from './parking-session.js';

export interface ParkingOptions<Event, View> extends EventReading {
  readonly plan: GroupPlan<Event, View>;
  readonly parkingLimits?: ParkingLimits | undefined;
  readonly skippedEvents?: SkippedEvents | undefined;
}

/** Begins to apply with what is parked already and what recorded decisions leave out. */
export async function openParking<Event, View>(
  options: ParkingOptions<Event, View>,
  client: ClientBase,
  folder: BatchFolder<Event, View>,
): Promise<ParkingSession<Event, View>> {
  const { plan, parkingLimits = defaultParkingLimits, skippedEvents = nothingSkipped } = options;
  const key = { groupName: plan.definition.name, generation: plan.generation };
  const parked = await readParkedKeys(client, key);
  const skipped = await skippedEvents(client);
  return new ParkingSession(
    options,
    skippedEvents,
    { plan, folder, limits: parkingLimits, parked },
    skipped,
  );
}

const nothingSkipped: SkippedEvents = async () => new Set();
