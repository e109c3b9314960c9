import { KeptSchema1763700000000 } from './1763700000000-kept-schema.js';
import { FormerStores1763800000000 } from './1763800000000-former-stores.js';
import { Erasure1763900000000 } from './1763900000000-erasure.js';
import { ParkedResolution1764000000000 } from './1764000000000-parked-resolution.js';
import { DeliveryLeaf1764100000000 } from './1764100000000-delivery-leaf.js';

/** Every migration of the schema `kept`, oldest first. A new one is its file and its line here. */
export const keptMigrations = [
  KeptSchema1763700000000,
  FormerStores1763800000000,
  Erasure1763900000000,
  ParkedResolution1764000000000,
  DeliveryLeaf1764100000000,
] as const;
