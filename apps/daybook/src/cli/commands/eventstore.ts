import { readFile } from 'node:fs/promises';
import type { SecuredBy } from '#embedded-event-store';
import { CommandFailure, exitCodes, type ExitCode } from '../exit-codes.js';
import type { CommandContext } from '../composition.js';

export interface EventStoreOptions {
  readonly port: number;
  readonly db?: string;
  readonly memDb?: boolean;
  readonly certificateFile?: string;
  readonly certificatePrivateKeyFile?: string;
  readonly adminPassword?: string;
}

/** So that the password need not stand in the list of processes. */
export const passwordVariable = 'DAYBOOK_EVENTSTORE_ADMIN_PASSWORD';

/** `daybook eventstore` */
export async function runEventStore(
  { terminal, composition }: CommandContext,
  options: EventStoreOptions,
  environment: NodeJS.ProcessEnv,
): Promise<ExitCode> {
  const { port, db: directory, memDb: inMemory = false } = options;
  if (inMemory === (directory !== undefined)) {
    throw misuse(
      'Say where the events are kept: --db <directory>, or --mem-db for in memory alone.',
    );
  }
  const secured = await securedBy(options, environment);
  await composition.serveEventStore({
    port,
    ...(directory === undefined ? {} : { directory }),
    ...(secured === undefined ? {} : { secured }),
    onListening: (bound) => terminal.print(`LISTENING ${bound}`),
  });
  return exitCodes.done;
}

/** Both files and a password, or none of them: half a security is a mistake. */
async function securedBy(
  options: EventStoreOptions,
  environment: NodeJS.ProcessEnv,
): Promise<SecuredBy | undefined> {
  const { certificateFile, certificatePrivateKeyFile } = options;
  const given = options.adminPassword ?? environment[passwordVariable];
  const adminPassword = given === '' ? undefined : given;
  if (certificateFile === undefined && certificatePrivateKeyFile === undefined) {
    if (adminPassword === undefined) return undefined;
    throw misuse(
      'A password is of no use without TLS, for nobody is asked for it: give --certificate-file ' +
        `and --certificate-private-key-file too, or leave out --admin-password and ${passwordVariable}.`,
    );
  }
  if (certificateFile === undefined || certificatePrivateKeyFile === undefined) {
    throw misuse('TLS takes both --certificate-file and --certificate-private-key-file.');
  }
  if (adminPassword === undefined) {
    throw misuse(
      `TLS takes a password for the user admin: ${passwordVariable} or --admin-password.`,
    );
  }
  const [certificate, privateKey] = await Promise.all([
    readGiven('--certificate-file', certificateFile),
    readGiven('--certificate-private-key-file', certificatePrivateKeyFile),
  ]);
  return { certificate, privateKey, adminPassword };
}

async function readGiven(option: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw misuse(`The file of ${option} cannot be read: ${reason}.`);
  }
}

function misuse(message: string): CommandFailure {
  return new CommandFailure(message, exitCodes.usage);
}
