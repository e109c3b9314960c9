import { realpathSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import type { SealTarget } from '#audit';
import { DaybookStartError } from '../composition/start-error.js';
import { systemErrorCode } from '../data-directory/system-error.js';
import { DirectoryTarget } from './directory-target.js';
import { HttpTarget } from './http-target.js';

export interface SealPlaceOptions {
  readonly dataDirectory: string;
  /** For an address: the bearer token. */
  readonly token?: string;
}

/** True for what is an address and no path. */
export function isAddress(place: string): boolean {
  return /^https?:\/\//i.test(place);
}

/**
 * The target that a place names: an address, or else a folder.
 *
 * @throws DaybookStartError `seal_target_refused` where seals would lie with what they seal, or a
 * token would travel in clear
 */
export function sealTargetAt(
  place: string,
  { dataDirectory, token }: SealPlaceOptions,
): SealTarget {
  if (isAddress(place)) return httpTargetAt(place, token);
  const folder = resolve(place);
  if (isInside(realPathOf(folder), realPathOf(dataDirectory))) {
    throw refused(
      `${folder} lies in the data directory ${dataDirectory}: whoever changes the ledger there could change its seals. Name a folder elsewhere, better on another machine.`,
    );
  }
  return new DirectoryTarget(folder);
}

const loopbackHosts = ['127.0.0.1', 'localhost', '[::1]'];

function httpTargetAt(place: string, token: string | undefined): HttpTarget {
  if (!URL.canParse(place)) throw refused(`"${place.slice(0, 8)}…" is no address.`);
  const url = new URL(place);
  if (url.username !== '' || url.password !== '' || url.search !== '') {
    throw refused(
      `The address of ${url.host} holds a user, a password or a query. Give a bearer token with DAYBOOK_SEAL_TOKEN or DAYBOOK_SEAL_TOKEN_FILE instead.`,
    );
  }
  if (token !== undefined && url.protocol === 'http:' && !loopbackHosts.includes(url.hostname)) {
    throw refused(`A token would travel to ${url.host} in clear. Use https://, or no token.`);
  }
  return new HttpTarget(url, token === undefined ? {} : { token });
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** The path without symbolic links, also where its end is not there yet. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemErrorCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return resolve(
      realPathOf(dirname(path)),
      path.slice(dirname(path).length).replace(/^[\\/]/, ''),
    );
  }
}

function refused(message: string): DaybookStartError {
  return new DaybookStartError('seal_target_refused', message);
}
