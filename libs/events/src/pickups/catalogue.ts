import { pickupCancelled } from './pickup-cancelled.js';
import { pickupCompleted } from './pickup-completed.js';
import { pickupExpired } from './pickup-expired.js';
import { pickupReady } from './pickup-ready.js';
import { pickupTaskCreated } from './pickup-task-created.js';

/** The events of goods that customers come for. */
export const pickupEvents = {
  PickupTaskCreated: pickupTaskCreated,
  PickupReady: pickupReady,
  PickupCompleted: pickupCompleted,
  PickupExpired: pickupExpired,
  PickupCancelled: pickupCancelled,
} as const;
