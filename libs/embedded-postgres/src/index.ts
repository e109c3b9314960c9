export { EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from './failure.js';
export type { EmbeddedPostgres, EmbeddedPostgresOptions } from './embedded-postgres.js';
export { startEmbeddedPostgres } from './start.js';
