import { onTestFinished } from 'vitest';

/**
 * Watches until the test is over for what would end a process: exceptions and rejections that nobody
 * takes. The function that is returned gives the words of those seen so far.
 */
export function watchForStrayErrors(): () => readonly string[] {
  const words: string[] = [];
  const see = (error: unknown): void => {
    words.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  };
  process.on('uncaughtExceptionMonitor', see);
  process.on('unhandledRejection', see);
  onTestFinished(() => {
    process.off('uncaughtExceptionMonitor', see);
    process.off('unhandledRejection', see);
  });
  return () => words;
}
