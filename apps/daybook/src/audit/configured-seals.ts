import { readFileSync } from 'node:fs';
import type { SealTarget } from '#audit';
import type { EventStore } from '#event-store';
import { instantFromMilliseconds } from '#kernel';
import { DaybookStartError, messageOf } from '../composition/start-error.js';
import type { Logger } from 'pino';
import type { Configuration } from '../configuration/configuration.js';
import { sealKeyFile } from './seal-key.js';
import { sealLedger } from './seal-ledger.js';
import { SealSchedule } from './seal-schedule.js';
import { isAddress, sealTargetAt } from './seal-place.js';

const tokenCharactersMax = 4_096;

/** The file of the key that this configuration signs with. */
export function configuredKeyFile({ seals, dataDirectory }: Configuration): string {
  return seals.keyFile ?? sealKeyFile(dataDirectory);
}

/**
 * The target at a place. The token is that of the configured address: another host, such as one whose
 * seal is only looked at, is not shown it.
 *
 * @throws DaybookStartError where the place is refused or the token cannot be read
 */
export function configuredTarget(place: string, configuration: Configuration): SealTarget {
  const { dataDirectory } = configuration;
  const token = isTokenFor(place, configuration) ? tokenOf(configuration) : undefined;
  return sealTargetAt(place, { dataDirectory, ...(token === undefined ? {} : { token }) });
}

/** Where no address is configured, the token is for the one that a command names. */
function isTokenFor(place: string, { seals }: Configuration): boolean {
  const addresses = seals.places.filter(isAddress);
  return addresses.length === 0 || addresses.some((each) => isSameOrigin(each, place));
}

function isSameOrigin(one: string, other: string): boolean {
  return URL.canParse(other) && new URL(one).origin === new URL(other).origin;
}

function tokenOf({ seals: { token, tokenFile } }: Configuration): string | undefined {
  if (tokenFile === undefined) return token;
  let text: string;
  try {
    text = readFileSync(tokenFile, 'utf8').trim();
  } catch (error) {
    throw unreadable(`cannot be read: ${messageOf(error)}`);
  }
  if (text === '' || text.length > tokenCharactersMax || /\s/.test(text)) {
    throw unreadable(`must hold one token of at most ${tokenCharactersMax} characters`);
  }
  return text;
}

function unreadable(why: string): DaybookStartError {
  return new DaybookStartError(
    'seal_token_unusable',
    `The file of DAYBOOK_SEAL_TOKEN_FILE ${why}.`,
  );
}

export interface SealsToStart {
  readonly configuration: Configuration;
  readonly store: EventStore;
  readonly ledgerId: string;
  readonly logger: Logger;
}

/** Seals at the configured places as often as is configured, and at the end. */
export function startSeals({ configuration, store, ledgerId, logger }: SealsToStart): SealSchedule {
  const { dataDirectory, seals } = configuration;
  const schedule = new SealSchedule({
    targets: seals.places.map((place) => configuredTarget(place, configuration)),
    intervalMinutes: seals.intervalMinutes,
    seal: (target) =>
      sealLedger({
        store,
        target,
        ledgerId,
        dataDirectory,
        keyFile: configuredKeyFile(configuration),
        clock: () => instantFromMilliseconds(Date.now()),
      }),
    logger,
  });
  schedule.start();
  return schedule;
}
