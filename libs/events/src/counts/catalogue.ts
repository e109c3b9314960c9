import { countVarianceApproved } from './count-variance-approved.js';
import { cycleCountRecorded } from './cycle-count-recorded.js';
import { cycleCountStarted } from './cycle-count-started.js';

/** The events of counting stock. */
export const countEvents = {
  CycleCountStarted: cycleCountStarted,
  CycleCountRecorded: cycleCountRecorded,
  CountVarianceApproved: countVarianceApproved,
} as const;
