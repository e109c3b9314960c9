import { type AnyLedgerEvent, keysOf, type StockOwner } from '#events';
import type { StreamFold } from '../decision.js';
import type { ReferenceData } from '../reference-data.js';
import { reportOf } from '../resolution/report.js';
import { subjectViewOf } from '../subject-view.js';
import { BranchingMap } from './allocation-branch.js';
import { type Reservation, reservationsOf } from './reservation-state.js';

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
  /** What the cluster adds to the available units of each kind. */
  readonly available: ReadonlyMap<string, bigint>;
}

/** What is on hand and reserved of one item at one node, as its own stream tells it. */
export interface AllocationState {
  readonly clusters: BranchingMap<Cluster>;
  readonly available: BranchingMap<bigint>;
}

/**
 * Folds an inventory stream for allocation. Each event is judged by the same rules of standing as
 * the read models judge it, within its cluster, so that a decision and the shown stock agree.
 */
export function allocationFold(reference: ReferenceData): StreamFold<AllocationState> {
  return {
    initial: () => ({ clusters: new BranchingMap(), available: new BranchingMap() }),
    branch: ({ clusters, available }) => ({
      clusters: clusters.branch(),
      available: available.branch(),
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
      for (const cluster of joined) add(state, cluster.available, -1n);
      const merged = judged(
        [...events, event],
        new Set([...names, ...[...joined].flatMap((cluster) => [...cluster.names])]),
        reference,
      );
      for (const name of merged.names) state.clusters.set(name, merged);
      add(state, merged.available, 1n);
      return state;
    },
  };
}

/** Sellable less reserved; negative where facts took more than there was. */
export function availableOf(state: AllocationState, kind: StockKind): bigint {
  return state.available.get(stockKindKey(kind)) ?? 0n;
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

function add(state: AllocationState, units: ReadonlyMap<string, bigint>, sign: bigint): void {
  for (const [kind, qty] of units) {
    state.available.set(kind, (state.available.get(kind) ?? 0n) + sign * qty);
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
  const available = new Map<string, bigint>();
  const count = (kind: StockKind, units: number): void => {
    const key = stockKindKey(kind);
    available.set(key, (available.get(key) ?? 0n) + BigInt(units));
  };
  for (const { event } of view.effective('StockReceived')) {
    if (event.data.bucket === 'sellable') count(event.data, event.data.qty);
  }
  for (const { event } of view.effective('StockIssued')) {
    if ((event.data.bucket ?? 'sellable') === 'sellable') count(event.data, -event.data.qty);
  }
  const reservations = reservationsOf(view);
  for (const { allocation, open } of reservations) count(allocation.event.data, -open);
  return { events, names, reservations, available };
}
