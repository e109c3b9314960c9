import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { originOf, parseVerifierKey, type VerifierKey, verifierKeyText } from '#audit';
import type { EventStoreReader } from '#event-store';
import { defaultLedgerPrefix, instantFromMilliseconds } from '#kernel';
import { daybookGroup } from '#projections';
import { configured } from '../composition/configured.js';
import { DaybookStartError } from '../composition/start-error.js';
import type { Configuration } from '../configuration/configuration.js';
import { appending, type AuditedLedger, reading, withAuditedLedger } from './audited-ledger.js';
import { configuredKeyFile, configuredTarget } from './configured-seals.js';
import { readGivenSeal } from './given-seals.js';
import { ledgerIdOf } from './ledger-id.js';
import { ReadModels } from '../http/reads/read-models.js';
import { namedByReadModels } from './named-by-read-models.js';
import { proveEvent, type ProveOutcome } from './prove-event.js';
import { sealLedger, type SealOutcome } from './seal-ledger.js';
import { loadSealKey, readSealKey } from './seal-key.js';
import { readTreeState } from './tree-state.js';
import { type AuditReport, verifyLedger } from './verify-ledger.js';

export interface SealOptions {
  readonly dataDirectory: string;
  /** A folder or an address; what is configured where it is left out. */
  readonly to?: string;
}

/** What became of a seal at one place. */
export type PlacedSeal = SealOutcome & { readonly place: string };

/** `daybook audit seal` */
export function sealDaybook({ dataDirectory, to }: SealOptions): Promise<readonly PlacedSeal[]> {
  const places = to === undefined ? configured({ data: dataDirectory }).seals.places : [to];
  if (places.length === 0) throw noPlace('--to, DAYBOOK_SEAL_DIRECTORY or DAYBOOK_SEAL_URL');
  return withAuditedLedger(dataDirectory, appending, async ({ configuration, store }) => {
    const targets = places.map((place) => configuredTarget(place, configuration));
    const ledgerId = await ledgerIdOf(store);
    const sealed: PlacedSeal[] = [];
    for (const target of targets) {
      const outcome = await sealLedger({
        store,
        target,
        ledgerId,
        dataDirectory: configuration.dataDirectory,
        keyFile: configuredKeyFile(configuration),
        clock: () => instantFromMilliseconds(Date.now()),
      });
      sealed.push({ ...outcome, place: target.place });
    }
    return sealed;
  });
}

export interface AuditOptions {
  readonly dataDirectory: string;
  /** Folders, addresses or checkpoint files; what is configured where none is given. */
  readonly checkpoints: readonly string[];
  /** A verifier key, or the path of a file that holds one; the ledger's own where it is left out. */
  readonly key?: string;
  readonly progress?: (events: number, eventsExpected: number) => void;
}

/** `daybook audit verify` */
export function auditDaybook(options: AuditOptions): Promise<AuditReport> {
  return withAuditedLedger(
    options.dataDirectory,
    reading,
    async ({ configuration, store, pool }) => {
      const { checkpoints, progress } = options;
      const places = checkpoints.length > 0 ? checkpoints : configuration.seals.places;
      const seals = await Promise.all(places.map((place) => readGivenSeal(place, configuration)));
      const key = seals.length === 0 ? undefined : await keyOf(options.key, configuration);
      const eventsExpected = await eventsExpectedOf(configuration.dataDirectory);
      const readModels = new ReadModels(pool, daybookGroup(configuration.referenceData).name);
      return verifyLedger({
        store,
        prefix: defaultLedgerPrefix,
        seals,
        ...(key === undefined ? {} : { key }),
        // The read models may be gone, and are not what is verified.
        namedByReadModels: (sequence) =>
          namedByReadModels(readModels, sequence).catch(() => undefined),
        progress: (events) => progress?.(events, Math.max(events, eventsExpected)),
      });
    },
  );
}

export interface ProofOptions {
  readonly dataDirectory: string;
  readonly event: number | string;
  /** Where the seal lies; what is configured where it is left out. */
  readonly from?: string;
}

/** `daybook audit prove` */
export function proveDaybookEvent(options: ProofOptions): Promise<ProveOutcome> {
  return withAuditedLedger(options.dataDirectory, reading, async ({ configuration, store }) => {
    const place = options.from ?? configuration.seals.places[0];
    if (place === undefined) throw noPlace('--from, DAYBOOK_SEAL_DIRECTORY or DAYBOOK_SEAL_URL');
    const target = configuredTarget(place, configuration);
    const key = await keyOf(undefined, configuration);
    return proveEvent({ store, prefix: defaultLedgerPrefix, target, key, event: options.event });
  });
}

/** `daybook audit key`: the verifier key, for whoever checks signatures; the key is made if need be. */
export async function sealKeyOfDaybook(dataDirectory: string): Promise<string> {
  const standing = await readSealKey(configuredKeyFile(configured({ data: dataDirectory })));
  if (standing !== undefined) return verifierKeyText(standing.verifier);
  return withAuditedLedger(dataDirectory, reading, makeKey);
}

async function makeKey({ store, configuration }: AuditedLedger<EventStoreReader>): Promise<string> {
  const origin = originOf(await ledgerIdOf(store));
  const key = await loadSealKey(configuredKeyFile(configuration), origin);
  return verifierKeyText(key.verifier);
}

async function keyOf(
  given: string | undefined,
  configuration: Configuration,
): Promise<VerifierKey> {
  if (given !== undefined) return verifierKeyFrom(given);
  const own = await readSealKey(configuredKeyFile(configuration));
  if (own !== undefined) return own.verifier;
  throw new DaybookStartError(
    'seal_key_missing',
    'There is no key to check signatures with. Give the verifier key that was handed out with --key.',
  );
}

/**
 * A verifier key from its text or from a file that holds it.
 *
 * @throws DaybookStartError `verifier_key_invalid`
 */
export async function verifierKeyFrom(given: string): Promise<VerifierKey> {
  const direct = parseVerifierKey(given);
  if (!('outcome' in direct)) return direct;
  const text = await readFile(given, 'utf8').catch(() => undefined);
  const read = text === undefined ? direct : parseVerifierKey(text);
  if ('outcome' in read) {
    const where = text === undefined ? 'no file of this name can be read' : 'read from this file';
    throw new DaybookStartError(read.code, `${read.message} (--key: ${where})`);
  }
  return read;
}

/** For the progress bar alone: what the kept tree covered when it was last written. */
async function eventsExpectedOf(dataDirectory: string): Promise<number> {
  return (await readTreeState(join(dataDirectory, 'audit')))?.size ?? 0;
}

function noPlace(settings: string): DaybookStartError {
  return new DaybookStartError('seal_place_missing', `Say where seals lie: ${settings}.`);
}
