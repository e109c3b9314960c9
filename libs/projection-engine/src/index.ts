export * from './contract.js';
export { defaultCacheLimits, type CacheLimits } from './cache/fact-cache.js';
export {
  type Checkpoint,
  readCheckpoint,
  readGenerationCheckpoint,
} from './postgres/checkpoint.js';
export {
  type Derivation,
  type Generation,
  type GenerationState,
  readActiveGeneration,
  readGenerations,
} from './generations/generation.js';
export { type Adoption, adoptDerivation } from './generations/adopt-derivation.js';
export { diffGenerations, type GenerationsDiff } from './generations/diff-generations.js';
export type { RowDifference, TableDifference } from './generations/diff-table.js';
export { type GenerationRefusalCode, generationRefusals } from './generations/refusal.js';
export { retireGeneration } from './generations/retire-generation.js';
export { startGeneration } from './generations/start-generation.js';
export {
  defaultSwitchLimits,
  switchGeneration,
  type SwitchOutcome,
} from './generations/switch-generation.js';
export { ActiveReader, type ActiveStatement } from './read/active-reader.js';
export { beginReading, type ReadingOf } from './read/begin-reading.js';
export { defaultPastLimits, type PastLimits } from './as-of/form-past.js';
export type { AsOf, Moment, PastRefusal, PastRefusalCode } from './as-of/moment.js';
export { type PastRead, type PastRequest, type PastSource, readAsOf } from './as-of/read-as-of.js';
export { defaultParkingLimits, type ParkingLimits } from './parking/parked-keys.js';
export type { SkippedEvents } from './parking/parking-session.js';
export {
  listParkedEvents,
  listParkedKeys,
  type ParkedEventEntry,
  type ParkedIn,
  type ParkedKeyEntry,
  parkedNamesOf,
  type ParkedNotice,
  readParkedCounts,
  readParkedEvent,
  readParkedNotice,
  type ParkedTotals,
} from './parking/read-parked.js';
export type { RetryAnswer } from './parking/retry-answer.js';
export { askForRetry } from './parking/ask-for-retry.js';
export { createTables, dropTables } from './postgres/tables.js';
export { type Lag, measureLag } from './health/lag.js';
export {
  keepVerification,
  type LastVerification,
  readLastVerification,
} from './health/last-verification.js';
export { type GroupStanding, readStanding } from './health/standing.js';
export { serveFeed } from './feed/serve-feed.js';
export { ThreadFeed } from './feed/thread-feed.js';
export { PositionWaiter, type WaitOutcome } from './read/position-waiter.js';
export type { EventReading } from './run/batch-folder.js';
export type { GroupProgress, GroupState, LastBatch, Stop, StopCode } from './run/progress.js';
export { runProjectionGroup, type RunEnd, type RunOptions } from './run/run-projection-group.js';
export { schemaOf, versionNameOf } from './fold/table-plan.js';
export { equalTablesDump } from './verify/tables-dump.js';
export type { Comparable } from './verify/comparable.js';
export type { Difference } from './verify/compare-table.js';
export type { AppliedEvents, CategoryDifference } from './verify/category-differences.js';
export type { DifferingEvent } from './verify/differing-events.js';
export { type SumsCompared, verifySums, type VerifySumsOptions } from './verify/verify-sums.js';
export {
  type VerificationRefused,
  verify,
  type VerifyOptions,
  type VerifyOutcome,
  type VerifyProgress,
} from './verify/verify.js';
