import { readFileSync } from 'node:fs';
import type { SealTarget } from '#audit';
import { DaybookStartError, messageOf } from '../composition/start-error.js';
import type { Configuration } from '../configuration/configuration.js';
import { sealKeyFile } from './seal-key.js';
import { sealTargetAt } from './seal-place.js';

const tokenCharactersMax = 4_096;

/** The file of the key that this configuration signs with. */
export function configuredKeyFile({ seals, dataDirectory }: Configuration): string {
  return seals.keyFile ?? sealKeyFile(dataDirectory);
}

/**
 * The target at a place, with the token that is configured for addresses.
 *
 * @throws DaybookStartError where the place is refused or the token cannot be read
 */
export function configuredTarget(place: string, configuration: Configuration): SealTarget {
  const { dataDirectory } = configuration;
  const token = tokenOf(configuration);
  return sealTargetAt(place, { dataDirectory, ...(token === undefined ? {} : { token }) });
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
