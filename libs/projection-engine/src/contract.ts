/**
 * Where an event belongs, as names the engine acts on without knowing a domain.
 *
 * A *home* is the one unit of facts an event is kept with. Homes that share a `connects` name, or
 * of which one names the other, form a *cluster* and are resolved together. A *subject* is what rows
 * are derived for: every home is a subject, and so is every name in `subjects`.
 */
export interface Placement {
  readonly home: string;
  readonly connects: readonly string[];
  readonly subjects: readonly string[];
  /** Homes whose facts this home is derived from without being part of them. */
  readonly reads: readonly string[];
  /** Subjects whose derivation includes this home's own whole derivation. */
  readonly absorbedBy: readonly string[];
}

/** A value of a column. Amounts and sums are bigint, so that no float is ever near them. */
export type Value = string | number | bigint | boolean | null | readonly string[];

/** A `jsonb` value is given as the text of its JSON. */
export type ColumnType = 'text' | 'integer' | 'bigint' | 'numeric' | 'boolean' | 'text[]' | 'jsonb';

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable?: boolean;
  /** Depends on when an event arrived; two equal ledgers may differ in it. */
  readonly arrival?: boolean;
}

/** An index of the rows for which a condition in SQL holds; a query finds by it what says the same. */
export interface PartialIndex {
  readonly columns: readonly string[];
  readonly where: string;
}

/**
 * A table of a projection.
 *
 * `rows`: each row belongs to one subject and is replaced when the subject is derived again.
 * `sums`: rows of many subjects with one key add up; the columns behind the key are `numeric` or
 * `bigint` and the engine adds the differences. A sum row goes when its `contributions` reach zero;
 * that column is the engine's own.
 */
export interface Table {
  readonly name: string;
  readonly kind: 'rows' | 'sums';
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  /** Further indexes: of all rows as lists of columns, or of some. */
  readonly indexes?: readonly (readonly string[] | PartialIndex)[];
  /**
   * Which of its rows are kept at waypoints, from which the past over all subjects is formed: all, or
   * those for which a condition in SQL holds, and queries of the past then see no others. None where
   * it is left out; the past is then formed from now or from nothing alone.
   */
  readonly waypointRows?: 'all' | { readonly where: string };
}

/** One row, its values in the order of the table's columns. */
export interface Row {
  readonly table: string;
  readonly values: readonly Value[];
}

/**
 * A read model: tables, and a pure function from what is known of a subject to its rows.
 * It never sees one event at a time, so that no order of arrival can matter.
 */
export interface Projection<View> {
  /** Names its PostgreSQL schemas together with version and generation: `order_timeline_v1_g3`. */
  readonly name: string;
  readonly version: number;
  readonly tables: readonly Table[];
  readonly rowsOf: (view: View) => readonly Row[];
}

/** All that belongs to one subject, loaded and ordered by nothing that arrival decides. */
export interface SubjectFacts<Event> {
  readonly subject: string;
  /** Every home of the subject's clusters, with its facts sorted by event id. */
  readonly homes: ReadonlyMap<string, readonly Event[]>;
  /** The homes that `reads` names, with their facts sorted by event id. */
  readonly referenceHomes: ReadonlyMap<string, readonly Event[]>;
  /** Subjects absorbed by this one, with what belongs to each; never this subject again. */
  readonly absorbed: readonly SubjectFacts<Event>[];
}

/** An event as the engine reads it from the store. */
export interface EngineEvent {
  /** The stream's name without the ledger's prefix. */
  readonly leaf: string;
  readonly revision: number;
  readonly sequence: number;
  readonly eventId: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: unknown;
}

/** How often tables are kept as they stand, and for how long so often. All are numbers of events. */
export interface WaypointTerms {
  /** One is kept where a batch passes a multiple of this. */
  readonly everyEvents: number;
  /** So far back all of them stay. */
  readonly fineEvents: number;
  /**
   * Further back the first of each so many stays. Two that are left lie at most five quarters of it,
   * `everyEvents` and a batch apart, so no moment is further from one than half of that.
   */
  readonly coarseEvents: number;
}

/**
 * What a projection group needs of the domain: how to read an event, where it belongs, how it is
 * kept in a state row, and how the facts of a subject become the view its projections share.
 */
export interface GroupDefinition<Event, View> {
  readonly name: string;
  readonly projections: readonly Projection<View>[];
  /**
   * Reads a stored event.
   * @throws Error where it cannot be read; the engine then stops and names the event.
   */
  readonly read: (stored: EngineEvent) => Event;
  readonly placementOf: (event: Event) => Placement;
  readonly eventIdOf: (event: Event) => string;
  /**
   * When a stored event was recorded, as its metadata says: an instant in UTC, all of one length, so
   * that text compares as time does. Undefined where it says nothing.
   */
  readonly recordedAtOf: (metadata: unknown) => string | undefined;
  /** The event's rank among the ledger's events; it must outlive `pack`. */
  readonly sequenceOf: (event: Event) => number;
  /** JSON of one event for the state row, and back; only what derivations need. */
  readonly pack: (event: Event) => unknown;
  readonly unpack: (packed: unknown) => Event;
  readonly viewOf: (facts: SubjectFacts<Event>) => View;
  /** How often waypoints are kept, where it is not the usual. */
  readonly waypoints?: WaypointTerms;
}
