import 'reflect-metadata';
import { endOnInternalError, processTerminal, runCommandLine } from './cli/index.js';

process.on('uncaughtException', endOnInternalError);

// What runs the ledger is loaded by the commands that need it, so that --help answers at once.
process.exitCode = await runCommandLine(process.argv.slice(2), {
  terminal: processTerminal(),
  composition: {
    startDaybook: async (options) => (await import('./daybook.js')).startDaybook(options),
    runServe: async (options) => (await import('./daybook.js')).runServe(options),
    verifyDaybook: async (options) => (await import('./verification.js')).verifyDaybook(options),
    backUpDaybook: async (options) =>
      (await import('./backup/back-up-daybook.js')).backUpDaybook(options),
    serveEventStore: async (options) =>
      (await import('./event-store-server/serve-event-store.js')).serveEventStore(options),
    runProjector: async (options) =>
      (await import('./projector/run-projector.js')).runProjector(options),
    copyEventStore: async (options) =>
      (await import('./backup/copy-event-store.js')).copyEventStore(options),
    restoreDaybook: async (options) =>
      (await import('./backup/restore-daybook.js')).restoreDaybook(options),
    audit: () => import('./audit/audit-daybook.js'),
  },
});
