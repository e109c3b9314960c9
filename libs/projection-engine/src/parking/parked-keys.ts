import { storableName } from './storable-name.js';

/** How much may be parked before a group stops instead. */
export interface ParkingLimits {
  /** Keys at once: more are no poison events but a bug. */
  readonly parkedKeysMax: number;
  /** Events at once, poison and waiting: they are folded in one transaction at a retry. */
  readonly parkedEventsMax: number;
}

export const defaultParkingLimits: ParkingLimits = {
  parkedKeysMax: 100,
  parkedEventsMax: 100_000,
};

/** A key that is not applied any more until somebody acts. */
export interface ParkedKey {
  readonly key: string;
  /** The sequence of the first event that waits. */
  readonly since: number;
  readonly events: number;
}

/** The keys a generation has parked, and every name behind which later events wait. */
export class ParkedKeys {
  private readonly keys = new Map<string, ParkedKey>();
  private readonly keysByName = new Map<string, Set<string>>();
  private eventCount = 0;

  get size(): number {
    return this.keys.size;
  }

  /** Events that are parked, under any key. */
  get events(): number {
    return this.eventCount;
  }

  get all(): Iterable<ParkedKey> {
    return this.keys.values();
  }

  get(key: string): ParkedKey | undefined {
    return this.keys.get(key);
  }

  keysOf(name: string): ReadonlySet<string> | undefined {
    return this.keysByName.get(storableName(name));
  }

  /** Adds events to a key, which begins with the first of them. */
  park({ key, since, events }: ParkedKey): void {
    const known = this.keys.get(key);
    this.eventCount += events;
    this.keys.set(key, {
      key,
      since: Math.min(since, known?.since ?? since),
      events: events + (known?.events ?? 0),
    });
  }

  /** Lets later events that touch a name wait behind a key. */
  block(key: string, name: string): void {
    const stored = storableName(name);
    const keys = this.keysByName.get(stored);
    if (keys === undefined) this.keysByName.set(stored, new Set([key]));
    else keys.add(key);
  }

  /** The same without one key, whose events are to be tried again. */
  without(key: string): ParkedKeys {
    const rest = new ParkedKeys();
    for (const parked of this.keys.values()) if (parked.key !== key) rest.park(parked);
    for (const [name, keys] of this.keysByName) {
      for (const other of keys) if (other !== key) rest.block(other, name);
    }
    return rest;
  }
}
