import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { type GivenSeal, noteBytesMax, type SealTarget } from '#audit';
import { DaybookStartError } from '../composition/start-error.js';
import { systemErrorCode } from '../data-directory/system-error.js';
import type { Configuration } from '../configuration/configuration.js';
import { configuredTarget } from './configured-seals.js';
import { DirectoryTarget } from './directory-target.js';
import { isAddress } from './seal-place.js';

const checkpointName = 'checkpoint';

/**
 * Reads a seal that somebody holds: a folder or an address with checkpoint and tiles, or a
 * checkpoint's own file, beside which the tiles are looked for.
 *
 * @throws DaybookStartError `seal_unreadable` where no checkpoint is there
 */
export async function readGivenSeal(
  place: string,
  configuration: Configuration,
): Promise<GivenSeal> {
  if (isAddress(place)) {
    const base = place.endsWith(`/${checkpointName}`)
      ? place.slice(0, -checkpointName.length)
      : place;
    return sealAt(configuredTarget(base, configuration));
  }
  const path = resolve(place);
  const found = await stat(path).catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') throw unreadable(`There is no ${path}`);
    throw error;
  });
  if (found.isDirectory()) return sealAt(new DirectoryTarget(path));
  if (found.size > noteBytesMax) throw unreadable(`${path} is no checkpoint: it is too long`);
  const note = await readFile(path, 'utf8');
  const tiles = new DirectoryTarget(dirname(path));
  // A checkpoint that was put away under another name has the tiles of another size beside it.
  return basename(path) === checkpointName ? { place, note, tiles } : { place, note };
}

async function sealAt(target: SealTarget): Promise<GivenSeal> {
  const note = await target.readCheckpoint();
  if (note === undefined) throw unreadable(`${target.place} holds no checkpoint`);
  return { place: target.place, note, tiles: target };
}

function unreadable(what: string): DaybookStartError {
  return new DaybookStartError(
    'seal_unreadable',
    `${what}. Name the folder, the address or the checkpoint file of a seal with --checkpoint.`,
  );
}
