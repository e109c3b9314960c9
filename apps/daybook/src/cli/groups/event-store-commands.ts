import { type EventStoreOptions, passwordVariable, runEventStore } from '../commands/eventstore.js';
import { wholeNumberFrom } from '../whole-number.js';
import type { CommandGroup } from './command-group.js';

/** The port on which EventStoreDB's clients look where they are told none. */
const usualPort = 2113;

/** The event store by itself. */
export const eventStoreCommands: CommandGroup = (program, context, ends) => {
  program
    .command('eventstore')
    .description(
      "run the event store alone on 127.0.0.1, for any of EventStoreDB's clients; it writes " +
        'LISTENING and its port once it accepts, and ends with the process that started it',
    )
    .option('--port <number>', '0 asks for any free one', wholeNumberFrom(0), usualPort)
    .option('--db <directory>', 'keep the events here')
    .option('--mem-db', 'keep the events in memory alone; they end with the process')
    .option('--certificate-file <file>', 'serve over TLS with this certificate (PEM)')
    .option('--certificate-private-key-file <file>', 'the key of the certificate (PEM)')
    .option('--admin-password <text>', `of the user admin, with TLS; better $${passwordVariable}`)
    .action(async (options: EventStoreOptions) => {
      ends(await runEventStore(context, options, process.env));
    });
};
