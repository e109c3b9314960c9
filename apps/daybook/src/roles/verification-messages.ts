import type { LastVerification } from '#projection-engine';
import type { LogLevel } from '../logging/logger.js';

/** What the thread of a verification is started with. */
export interface VerificationStart {
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
  readonly logLevel: LogLevel;
}

/** What it came to; nothing is said where another process is at it. */
export type VerificationEnd = Omit<LastVerification, 'finishedAt'>;
