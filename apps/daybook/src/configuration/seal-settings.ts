import { resolve } from 'node:path';
import type { ConfigurationProblem } from './configuration-problem.js';

/** Where and how often seals are published. */
export interface SealSettings {
  /** Places outside the data directory: an absolute path, an address, or both. */
  readonly places: readonly string[];
  readonly intervalMinutes: number;
  /** The bearer token for an address; a secret. */
  readonly token?: string;
  /** The file that holds the token. */
  readonly tokenFile?: string;
  /** The file of the signing key; one in the data directory is made where it is absent. */
  readonly keyFile?: string;
}

const intervalMinutesDefault = 60;
const intervalMinutesMax = 7 * 24 * 60;

/** Reads DAYBOOK_SEAL_DIRECTORY, _URL, _INTERVAL_MINUTES, _TOKEN, _TOKEN_FILE and _KEY_FILE. */
export function readSealSettings(
  setting: (name: string) => string | undefined,
  workingDirectory: string,
  problems: ConfigurationProblem[],
): SealSettings {
  const directory = setting('DAYBOOK_SEAL_DIRECTORY');
  const url = setting('DAYBOOK_SEAL_URL');
  const token = setting('DAYBOOK_SEAL_TOKEN');
  const tokenFile = setting('DAYBOOK_SEAL_TOKEN_FILE');
  const keyFile = setting('DAYBOOK_SEAL_KEY_FILE');
  const minutes = setting('DAYBOOK_SEAL_INTERVAL_MINUTES') ?? String(intervalMinutesDefault);
  if (!/^\d{1,5}$/.test(minutes) || Number(minutes) < 1 || Number(minutes) > intervalMinutesMax) {
    problems.push({
      setting: 'DAYBOOK_SEAL_INTERVAL_MINUTES',
      message: `"${minutes}" is no interval: give whole minutes from 1 to ${intervalMinutesMax}.`,
    });
  }
  if (url !== undefined && !(/^https?:\/\//i.test(url) && URL.canParse(url))) {
    problems.push({
      setting: 'DAYBOOK_SEAL_URL',
      message: 'must be an http:// or https:// address.',
    });
  }
  if (token !== undefined && tokenFile !== undefined) {
    problems.push({
      setting: 'DAYBOOK_SEAL_TOKEN',
      message: 'and DAYBOOK_SEAL_TOKEN_FILE are both set: set one of them.',
    });
  }
  return Object.freeze({
    places: [
      ...(directory === undefined ? [] : [resolve(workingDirectory, directory)]),
      ...(url === undefined ? [] : [url]),
    ],
    intervalMinutes: Number(minutes),
    ...(token === undefined ? {} : { token }),
    ...(tokenFile === undefined ? {} : { tokenFile: resolve(workingDirectory, tokenFile) }),
    ...(keyFile === undefined ? {} : { keyFile: resolve(workingDirectory, keyFile) }),
  });
}
