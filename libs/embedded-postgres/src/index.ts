export { EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from './failure.js';
export {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from './start.js';
