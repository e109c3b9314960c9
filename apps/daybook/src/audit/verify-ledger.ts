import {
  areConsistent,
  type Checkpoint,
  compareWithSeal,
  type GivenSeal,
  MissingTileError,
  originOf,
  openCheckpoint,
  type SealComparison,
  type TiledTree,
  type TileSource,
  type VerifierKey,
} from '#audit';
import type { EventStoreReader } from '#event-store';
import { type AuditFinding, AuditFindings, type NamedEvent } from './audit-finding.js';
import { namedEventOf, type RecordedSeal, StoreReading } from './store-reading.js';

const findingsMaxDefault = 100;
const progressEvents = 1_000;

export interface LedgerVerification {
  readonly store: EventStoreReader;
  readonly prefix: string;
  /** What somebody holds outside; without any only the store itself is looked at. */
  readonly seals: readonly GivenSeal[];
  /** Whose signature counts; required where there are seals. */
  readonly key?: VerifierKey;
  /** Asks the read models what they hold of a sequence; they prove nothing and only name. */
  readonly namedByReadModels?: (sequence: number) => Promise<NamedEvent | undefined>;
  /** How many findings are listed; all are counted. 100 where it is left out. */
  readonly findingsMax?: number;
  readonly progress?: (events: number) => void;
}

/** One seal that was compared. */
export interface ComparedSeal {
  readonly place: string;
  readonly outcome: SealComparison['outcome'];
  readonly size?: number;
}

export interface AuditReport {
  readonly outcome: 'sound' | 'different';
  readonly ledgerId: string | undefined;
  /** How many events the store holds. */
  readonly events: number;
  /** The Merkle root over all of them, hexadecimal. */
  readonly root: string;
  /** The key that signatures were checked with: name and id. */
  readonly key?: string;
  readonly seals: readonly ComparedSeal[];
  /** How many events no given seal covers. */
  readonly eventsUnsealed: number;
  /** How many SealPublished the ledger holds, all compared with its own events. */
  readonly recordedSeals: number;
  readonly findingsTotal: number;
  readonly findings: readonly AuditFinding[];
}

/**
 * Reads a ledger's whole store, computes its tree again and compares it with the seals that are
 * given. Nothing that Daybook keeps for itself is looked at, but to name what differs.
 */
export async function verifyLedger(options: LedgerVerification): Promise<AuditReport> {
  const { store, prefix, seals, key, progress } = options;
  const findings = new AuditFindings(options.findingsMax ?? findingsMaxDefault);
  const reading = new StoreReading(prefix, findings);
  for await (const event of store.readAll({ streamPrefix: prefix, after: 'start' })) {
    reading.take(event);
    if (reading.events % progressEvents === 0) progress?.(reading.events);
  }
  progress?.(reading.events);
  const tree = reading.tree();
  const compared = key === undefined ? [] : await compareAll(options, key, reading, findings);
  if (key !== undefined) await checkSuccession(seals, key, findings);
  await checkRecordedSeals(tree, reading.seals, findings);
  await checkTruncations(options, findings);
  const sealed = compared.filter(({ outcome }) => outcome === 'sound').map(({ size }) => size ?? 0);
  return {
    outcome: findings.total === 0 ? 'sound' : 'different',
    ledgerId: reading.ledgerId,
    events: reading.events,
    root: (await tree.root()).toString('hex'),
    ...(key === undefined ? {} : { key: `${key.name}+${key.keyId}` }),
    seals: compared,
    eventsUnsealed: reading.events - Math.max(0, ...sealed),
    recordedSeals: reading.seals.length,
    findingsTotal: findings.total,
    findings: findings.first,
  };
}

async function compareAll(
  options: LedgerVerification,
  key: VerifierKey,
  reading: StoreReading,
  findings: AuditFindings,
): Promise<readonly ComparedSeal[]> {
  const { ledgerId } = reading;
  if (ledgerId !== undefined && originOf(ledgerId) !== key.name) {
    const message = `The store holds the ledger ${originOf(ledgerId)}, and the key is that of ${key.name}.`;
    findings.add({ code: 'ledger_differs', sequence: 0, message });
  }
  const compared: ComparedSeal[] = [];
  for (const seal of options.seals) {
    const comparison = await compareWithSeal(reading.tree(), seal, key);
    const { outcome } = comparison;
    if (comparison.outcome === 'refused') {
      const { message } = comparison;
      findings.add({ code: 'checkpoint_refused', seal: seal.place, message });
      compared.push({ place: seal.place, outcome });
      continue;
    }
    compared.push({ place: seal.place, outcome, size: comparison.checkpoint.size });
    if (comparison.outcome === 'differs') {
      findings.add(await differenceFinding(options, seal, comparison));
    }
  }
  return compared;
}

async function differenceFinding(
  { store, prefix, namedByReadModels }: LedgerVerification,
  { place }: GivenSeal,
  { difference, message }: Extract<SealComparison, { outcome: 'differs' }>,
): Promise<AuditFinding> {
  if (difference === undefined) return { code: 'seal_differs', seal: place, message };
  const { kind, sequence, events } = difference;
  const inStore = await eventAt(store, prefix, sequence);
  const named = await namedByReadModels?.(sequence);
  const isAnother = named !== undefined && named.eventId !== inStore?.eventId;
  return {
    code: 'seal_differs',
    seal: place,
    kind,
    sequence,
    ...(events === undefined ? {} : { events }),
    ...(inStore === undefined ? {} : { inStore }),
    ...(isAnother ? { inReadModels: named } : {}),
    message,
  };
}

/** The event at a sequence, found by counting: a store knows positions, not sequences. */
async function eventAt(
  store: EventStoreReader,
  prefix: string,
  sequence: number,
): Promise<NamedEvent | undefined> {
  let rank = 0;
  for await (const event of store.readAll({ streamPrefix: prefix, after: 'start' })) {
    if (rank === sequence) return namedEventOf(event, event.stream.slice(prefix.length));
    rank += 1;
  }
  return undefined;
}

/** Checkpoints that are given together must tell one story, whatever the store says. */
async function checkSuccession(
  seals: readonly GivenSeal[],
  key: VerifierKey,
  findings: AuditFindings,
): Promise<void> {
  const opened = seals.flatMap((seal) => {
    const read = openCheckpoint(seal.note, key);
    return read.outcome === 'opened' ? [{ seal, checkpoint: read.checkpoint }] : [];
  });
  opened.sort((left, right) => left.checkpoint.size - right.checkpoint.size);
  for (const [index, later] of opened.entries()) {
    const earlier = opened[index - 1];
    if (earlier === undefined || later.seal.tiles === undefined) continue;
    const message = await contradictionOf(earlier.checkpoint, later.checkpoint, later.seal.tiles);
    const places = [earlier.seal.place, later.seal.place] as const;
    if (message !== undefined) {
      findings.add({ code: 'checkpoints_inconsistent', seals: places, message });
    }
  }
}

async function contradictionOf(
  earlier: Checkpoint,
  later: Checkpoint,
  tiles: TileSource,
): Promise<string | undefined> {
  try {
    return (await areConsistent(earlier, later, tiles))
      ? undefined
      : `The seal of ${later.size} events does not go on from that of ${earlier.size}: both are signed, and one of them is of another history.`;
  } catch (error) {
    if (error instanceof MissingTileError) {
      return `Whether the seal of ${later.size} events goes on from that of ${earlier.size} cannot be told: ${error.message}`;
    }
    throw error;
  }
}

/** What the ledger says of its own seals must be so. */
async function checkRecordedSeals(
  tree: TiledTree,
  seals: readonly RecordedSeal[],
  findings: AuditFindings,
): Promise<void> {
  for (const { sequence, data } of seals) {
    const { size, rootHash } = data;
    const isPast = Number.isSafeInteger(size) && size >= 0 && size <= sequence;
    if (isPast && (await tree.root(size)).toString('hex') === rootHash) continue;
    const message = `The SealPublished at sequence ${sequence} tells of ${size} events with the root ${rootHash}; the events before it have another.`;
    findings.add({ code: 'recorded_seal_differs', sequence, message });
  }
}

async function checkTruncations(
  { store, prefix }: LedgerVerification,
  findings: AuditFindings,
): Promise<void> {
  for await (const { stream, kind } of store.findTruncations(prefix)) {
    const leaf = stream.slice(prefix.length);
    const message = `Somebody asked the store to hide or delete events of ${leaf} (${kind}); Daybook never does.`;
    findings.add({ code: 'stream_truncated', leaf, how: kind, message });
  }
}
