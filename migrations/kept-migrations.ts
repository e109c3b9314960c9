import { KeptSchema1763700000000 } from './1763700000000-kept-schema.js';

/** Every migration of the schema `kept`, oldest first. A new one is its file and its line here. */
export const keptMigrations = [KeptSchema1763700000000] as const;
