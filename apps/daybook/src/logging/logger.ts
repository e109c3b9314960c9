import { destination, type Logger, pino, stdTimeFunctions } from 'pino';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/**
 * JSON lines on standard error, so that standard output is what a command answers.
 * Written at once: the last line before a failure is the one that matters.
 */
export function createLogger(level: LogLevel): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: ['*.password', '*.connectionString', 'err.config', 'err.client'],
    },
    destination({ fd: 2, sync: true }),
  );
}
