export type { CommandName } from './command-log.js';
export type { DecisionCommand, DecisionOutcome } from './decision-recording.js';
export { foundLeavesMax, type OpenedDelivery } from './delivery-reading.js';
export type { DeliveryName, KeptOutcome } from './evidence.js';
export { ledgerLeaf, type OpenedLedger } from './ledger-opening.js';
export {
  quarantinePageMax,
  type QuarantineEntry,
  type QuarantinePage,
  type QuarantineRequest,
} from './quarantine.js';
export { openRecorder, type Recorder, type RecorderParts } from './recorder.js';
export { defaultRecorderLimits, type RecorderLimits } from './recorder-limits.js';
export type { Delivery, RecordOutcome } from './record-outcome.js';
export type { RecordingCounters } from './recording-counters.js';
export { type WriteRefusalCode, writeRefusals } from './refusal-registry.js';
export type { Unavailable } from './stream-outcome.js';
