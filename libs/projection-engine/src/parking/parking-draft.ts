import type { EngineEvent } from '../contract.js';
import { ParkedKeys, type ParkingLimits } from './parked-keys.js';
import { storableName } from './storable-name.js';

/** Why an event is not applied. */
export type ParkingCode = 'event_unreadable' | 'derivation_failed' | 'rows_refused' | 'waits';

/** What is wrong with an event, or that only one before it is. */
export interface ParkingReason {
  readonly code: ParkingCode;
  readonly message: string;
}

/** An event that one batch parks. */
export interface NewParkedEvent extends ParkingReason {
  readonly key: string;
  readonly stored: EngineEvent;
}

/** Why a batch ends before an event: more would be parked than may be. */
export interface LimitExceeded {
  readonly code: 'parked_keys_max' | 'parked_events_max';
  readonly message: string;
  /** The event that is neither applied nor parked any more. */
  readonly before: EngineEvent;
}

/**
 * What one batch parks, on top of what is parked already. It is taken over only with the batch, so
 * that a batch can be tried again from the same ground.
 */
export class ParkingDraft {
  private readonly added = new ParkedKeys();
  readonly events: NewParkedEvent[] = [];
  readonly names: { readonly key: string; readonly name: string }[] = [];
  /** Events of the batch that a recorded decision leaves out. */
  readonly skipped: EngineEvent[] = [];

  constructor(
    private readonly base: ParkedKeys,
    private readonly limits: ParkingLimits,
  ) {}

  /** Nothing is parked: no event can touch a parked key. */
  get isEmpty(): boolean {
    return this.base.size === 0 && this.added.size === 0;
  }

  /** Of the keys that block one of the names, the one that is parked for longest. */
  keyBlocking(names: Iterable<string>): string | undefined {
    let earliest: { readonly key: string; readonly since: number } | undefined;
    for (const name of names) {
      for (const parked of [this.base, this.added]) {
        for (const key of parked.keysOf(name) ?? []) {
          const since = this.sinceOf(key);
          if (earliest === undefined || since < earliest.since) earliest = { key, since };
        }
      }
    }
    return earliest?.key;
  }

  isBlockedBy(key: string, name: string): boolean {
    return [this.base, this.added].some((parked) => parked.keysOf(name)?.has(key) ?? false);
  }

  /** Why one more event cannot be parked under a key; undefined where it can. */
  exceededBy(key: string, stored: EngineEvent): LimitExceeded | undefined {
    const { parkedKeysMax, parkedEventsMax } = this.limits;
    const known = this.base.get(key) ?? this.added.get(key);
    const words = `${stored.eventId} (${stored.type}) at revision ${stored.revision} of ${stored.leaf}`;
    if (known === undefined && this.keyCount() >= parkedKeysMax) {
      return {
        code: 'parked_keys_max',
        before: stored,
        message:
          `${parkedKeysMax} keys are parked, as many as may be, and ${words} would park another: ` +
          'this is no single event but a bug or a missing upcaster. See "daybook parked list", start ' +
          'a build that can apply them, or raise DAYBOOK_PARKED_KEYS_MAX.',
      };
    }
    if (this.base.events + this.added.events < parkedEventsMax) return undefined;
    return {
      code: 'parked_events_max',
      before: stored,
      message:
        `${parkedEventsMax} events are parked, as many as may be, and ${words} would have to wait ` +
        'too. Retry or resolve what is parked: see "daybook parked list".',
    };
  }

  park(key: string, stored: EngineEvent, reason: ParkingReason, names: Iterable<string>): void {
    this.added.park({ key, since: stored.sequence, events: 1 });
    this.events.push({ key, stored, ...reason });
    for (const name of names) {
      if (this.isBlockedBy(key, name)) continue;
      this.added.block(key, name);
      this.names.push({ key, name: storableName(name) });
    }
  }

  /** Makes what the draft parks part of what is parked. */
  takeOver(): void {
    for (const key of this.added.all) this.base.park(key);
    for (const { key, name } of this.names) this.base.block(key, name);
  }

  private sinceOf(key: string): number {
    const known = this.base.get(key)?.since ?? Number.POSITIVE_INFINITY;
    return Math.min(known, this.added.get(key)?.since ?? Number.POSITIVE_INFINITY);
  }

  private keyCount(): number {
    let count = this.base.size;
    for (const { key } of this.added.all) if (this.base.get(key) === undefined) count += 1;
    return count;
  }
}
