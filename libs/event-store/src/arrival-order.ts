import { comparePositions } from '#kernel';
import type { StorePosition } from '#kernel';

import type { RecordedEvent } from './port.js';

/**
 * How far a subscription has come: where the next connection goes on, and the proof that nothing
 * comes twice or out of order.
 */
export class ArrivalOrder {
  constructor(private position: StorePosition | 'start') {}

  /** Everything up to here was received or looked at. */
  get reached(): StorePosition | 'start' {
    return this.position;
  }

  /** @throws Error when the event is not after everything before it: the store or its history changed. */
  receive(event: RecordedEvent): void {
    if (!this.isAfter(event.position)) {
      throw new Error(
        `The store sent ${event.stream} at revision ${event.revision}, position ${textOf(event.position)}, after ${textOf(this.position)} was reached. Either the store is another one than the position came from, or it was restored to an earlier state.`,
      );
    }
    this.position = event.position;
  }

  /** Whether the checkpoint says something new. It may repeat the position of the last event. */
  pass(checkpoint: StorePosition): boolean {
    if (!this.isAfter(checkpoint)) return false;
    this.position = checkpoint;
    return true;
  }

  private isAfter(position: StorePosition): boolean {
    return this.position === 'start' || comparePositions(position, this.position) > 0;
  }
}

function textOf(position: StorePosition | 'start'): string {
  return position === 'start' ? position : `${position.commit}/${position.prepare}`;
}
