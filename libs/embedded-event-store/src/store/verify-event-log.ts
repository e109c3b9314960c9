import { refuseInterruptedBackup } from '../log/backup.js';
import { DamagedLogError, LogFormatError } from '../log/log-errors.js';
import type { LogDirectory } from '../log/log-file.js';
import type { TailCut } from '../log/log-notice.js';
import { isToBeMigrated } from '../log/migration.js';
import { NodeLogDirectory } from '../log/node-log-directory.js';
import { findLog, type FoundLog } from '../log/recovery.js';
import { LOG_START } from '../log/segment-name.js';
import { EventIndex } from './event-index.js';
import { indexFrame } from './index-rebuild.js';

export type EventLogVerdict =
  | {
      readonly outcome: 'intact';
      readonly events: number;
      /** Bytes of all frames. */
      readonly bytes: number;
      /** The position of the last event, or `undefined` where there is none. */
      readonly lastPosition: number | undefined;
      /** What the next start would cut off the end, because nothing says that it was acknowledged. */
      readonly cut: TailCut | undefined;
    }
  /** The message names the file and the byte. */
  | { readonly outcome: 'damaged'; readonly message: string };

/**
 * Reads every frame and every event of a log that no node has open, and changes nothing: each must be
 * intact, at its position, and the next revision of its stream. Index files are not believed.
 *
 * @param directory - the folder of the log
 */
export function verifyEventLog(directory: string): Promise<EventLogVerdict> {
  return verifyLogIn(new NodeLogDirectory(directory));
}

/** The same in any folder. */
export async function verifyLogIn(directory: LogDirectory): Promise<EventLogVerdict> {
  const names = await directory.list();
  if (isToBeMigrated(names)) {
    const message =
      'the log has format version 0, or is half carried over: start the store once, which carries it over.';
    return { outcome: 'damaged', message };
  }
  const index = new EventIndex();
  try {
    refuseInterruptedBackup(names);
    const found = await findLog(directory, {
      full: async () => false,
      frame: (segment, frame) => indexFrame(index, segment, frame),
    });
    await close(found);
    const { live, cut } = found;
    const events = index.length;
    const lastPosition = events === 0 ? undefined : index.position(events - 1);
    const bytes = (live?.end ?? LOG_START) - LOG_START;
    return { outcome: 'intact', events, bytes, lastPosition, cut };
  } catch (error) {
    if (error instanceof DamagedLogError || error instanceof LogFormatError) {
      return { outcome: 'damaged', message: error.message };
    }
    throw error;
  }
}

async function close({ full, unclosed, live }: FoundLog): Promise<void> {
  const segments = [...full, unclosed, live].flatMap((one) => one?.segment ?? []);
  await Promise.all(segments.map(({ file }) => file.close()));
}
