import type { Effective } from '../subject-view.js';
import type { LineUnits } from './line-units.js';
import type { Performance } from './performance.js';

/**
 * An order between two changes of its lines. What was performed before is no part of it: its lines
 * are those that were still open when the change began to hold, so that a performed line keeps its
 * amounts whatever is changed behind it.
 */
export interface OrderStage {
  readonly lines: readonly LineUnits[];
  /** What was handed over while it held, in order of occurrence. */
  readonly performances: readonly Performance[];
  /** The cancellations of the whole order while it held or before. */
  readonly cancellations: readonly Effective<'OrderCancelled'>[];
}
