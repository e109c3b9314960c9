import type { ReferenceData } from '#domain';
import type { GroupProgress } from '#projection-engine';
import type { ProjectorBeat } from './projector-status.js';
import type { LogLevel } from '../logging/logger.js';

/** What the projector's thread is started with. */
export interface ProjectorStart {
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
  readonly referenceData: ReferenceData;
  /** Which build of the read models it writes. */
  readonly generation: number;
  /** So many keys may be parked; one more stops the projector. */
  readonly parkedKeysMax: number;
  readonly logLevel: LogLevel;
}

/** What the thread says. */
export type ProjectorMessage =
  | { readonly kind: 'progress'; readonly progress: GroupProgress }
  | { readonly kind: 'beat'; readonly beat: ProjectorBeat }
  /** It cannot go on by itself; the message says why and what to do. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** What the thread is told to end after the batch in flight. */
export const stopProjector = 'stop';
