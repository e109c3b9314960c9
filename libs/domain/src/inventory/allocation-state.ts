import { type AnyLedgerEvent, keysOf, type StockOwner } from '#events';
import type { StreamFold } from '../decision.js';
import type { ReferenceData } from '../reference-data.js';
import { reportOf } from '../resolution/report.js';
import { subjectViewOf } from '../subject-view.js';
import { BranchingMap } from './allocation-branch.js';
import { KeptUnits } from './kept-units.js';
import { type Reservation, reservationsOf } from './reservation-state.js';
import { heldUnits, type SoftReservation, softReservationsOf } from './soft-reservations.js';
import { movingEventsOf, stockMovesOf } from './stock-moves.js';

/** Whose units of which kind; stock of another owner or unit of measure is other stock. */
export interface StockKind {
  readonly owner: StockOwner;
  readonly uom: string;
}

/**
 * Facts of one stream that have to be judged together: an allocation with its issues and
 * deallocations, a receipt with its witnesses and corrections.
 */
interface Cluster {
  readonly events: readonly AnyLedgerEvent[];
  readonly names: ReadonlySet<string>;
  readonly reservations: readonly Reservation[];
  readonly softReservations: readonly SoftReservation[];
  /** What the cluster adds to the units of each kind that are sellable and not allocated. */
  readonly unallocated: ReadonlyMap<string, bigint>;
}

/** What is on hand and reserved of one item at one node, as its own stream tells it. */
export interface AllocationState {
  readonly clusters: BranchingMap<Cluster>;
  readonly unallocated: BranchingMap<bigint>;
  /** What is kept until an instant; only the decision knows which of it is still kept. */
  readonly kept: KeptUnits;
}

/**
 * Folds an inventory stream for allocation. Each event is judged by the same rules of standing as
 * the read models judge it, within its cluster, so that a decision and the shown stock agree.
 */
export function allocationFold(reference: ReferenceData): StreamFold<AllocationState> {
  return {
    initial: () => ({
      clusters: new BranchingMap(),
      unallocated: new BranchingMap(),
      kept: new KeptUnits(),
    }),
    branch: ({ clusters, unallocated, kept }) => ({
      clusters: clusters.branch(),
      unallocated: unallocated.branch(),
      kept: kept.branch(),
    }),
    evolve: (state, event) => {
      const { home, connects } = keysOf(event);
      const names = [home, ...connects];
      const joined = new Set<Cluster>();
      for (const name of names) {
        const cluster = state.clusters.get(name);
        if (cluster) joined.add(cluster);
      }
      const events = [...joined].flatMap((cluster) => cluster.events);
      if (events.some(({ eventId }) => eventId === event.eventId)) return state;
      for (const cluster of joined) add(state, cluster, -1n);
      const merged = judged(
        [...events, event],
        new Set([...names, ...[...joined].flatMap((cluster) => [...cluster.names])]),
        reference,
      );
      for (const name of merged.names) state.clusters.set(name, merged);
      add(state, merged, 1n);
      return state;
    },
  };
}

/**
 * Sellable less reserved; negative where facts took more than there was.
 *
 * @param asOf the instant of asking: what was kept until then or earlier is free
 */
export function availableOf(state: AllocationState, kind: StockKind, asOf: string): bigint {
  const key = stockKindKey(kind);
  return (state.unallocated.get(key) ?? 0n) - state.kept.unitsOf(key, asOf);
}

/** The units of a kind that a soft reservation still keeps, which an allocation may take over. */
export function keptBy(
  state: AllocationState,
  home: string,
  kind: StockKind,
  asOf: string,
): number {
  return (state.clusters.get(home)?.softReservations ?? [])
    .filter(({ reservation: { event } }) => {
      return keysOf(event).home === home && stockKindKey(event.data) === stockKindKey(kind);
    })
    .reduce((sum, one) => sum + heldUnits(one, asOf), 0);
}

/** What became of an effective allocation, by the home its facts are kept under. */
export function reservationAt(
  state: AllocationState,
  home: string,
  named: (reservation: Reservation) => boolean,
): Reservation | undefined {
  return state.clusters.get(home)?.reservations.find(named);
}

/** True where the stream holds an event of this home that the test accepts, whatever its standing. */
export function hasEventAt(
  state: AllocationState,
  home: string,
  test: (event: AnyLedgerEvent) => boolean,
): boolean {
  return state.clusters.get(home)?.events.some(test) ?? false;
}

export function stockKindKey({ owner, uom }: StockKind): string {
  return JSON.stringify([owner.kind, owner.id, uom]);
}

function add(state: AllocationState, cluster: Cluster, sign: 1n | -1n): void {
  for (const [kind, qty] of cluster.unallocated) {
    state.unallocated.set(kind, (state.unallocated.get(kind) ?? 0n) + sign * qty);
  }
  for (const { reservation, reservedUntil, open } of cluster.softReservations) {
    state.kept.add(stockKindKey(reservation.event.data), reservedUntil, sign * BigInt(open));
  }
}

function judged(
  events: readonly AnyLedgerEvent[],
  names: ReadonlySet<string>,
  reference: ReferenceData,
): Cluster {
  const leaf = events[0]?.leaf ?? '';
  const homes = new Map([[leaf, events.map((event) => reportOf(event, reference))]]);
  const view = subjectViewOf(
    { subject: leaf, homes, referenceHomes: new Map(), absorbed: [] },
    reference,
  );
  const unallocated = new Map<string, bigint>();
  const count = (kind: StockKind, units: number): void => {
    const key = stockKindKey(kind);
    unallocated.set(key, (unallocated.get(key) ?? 0n) + BigInt(units));
  };
  for (const move of movingEventsOf(view).flatMap(stockMovesOf)) {
    if (move.place === 'sellable') count(move, move.qty);
  }
  const reservations = reservationsOf(view);
  for (const { allocation, open } of reservations) count(allocation.event.data, -open);
  return { events, names, reservations, softReservations: softReservationsOf(view), unallocated };
}
