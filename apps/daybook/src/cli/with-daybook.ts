import { resolve } from 'node:path';
import { readRunRecord } from '../composition/run-record.js';
import { defaultDataDirectory } from '../configuration/defaults.js';
import { isDataDirectory } from '../data-directory/index.js';
import { DaybookClient } from './api-client.js';
import type { CommandContext } from './composition.js';
import { CommandFailure, exitCodes } from './exit-codes.js';

/** Where a command finds Daybook. */
export interface ConnectionOptions {
  /** The data directory; `DAYBOOK_DATA`, then `.daybook`, where it is left out. */
  readonly data?: string;
  /** The address of a running Daybook; goes before the data directory. */
  readonly url?: string;
}

/** The absolute data directory that a command works on. */
export function dataDirectoryOf({ data }: Pick<ConnectionOptions, 'data'>): string {
  return resolve(data ?? (process.env['DAYBOOK_DATA']?.trim() || defaultDataDirectory));
}

/**
 * Runs a command against the Daybook at `url`, else against the one that runs on the data
 * directory; where none does, one is started in this process for as long as the command takes.
 */
export async function withDaybook<Result>(
  { composition }: CommandContext,
  options: ConnectionOptions,
  use: (client: DaybookClient) => Promise<Result>,
): Promise<Result> {
  const running = await findRunning(options);
  if (running !== undefined) return use(running);
  const started = await composition.startDaybook({
    dataDirectory: dataDirectoryOf(options),
    port: 0,
  });
  try {
    const client = new DaybookClient(started.url);
    await client.waitUntilCaughtUp();
    return await use(client);
  } finally {
    await started.stop();
  }
}

/**
 * As `withDaybook`, for a command that reads: it makes no ledger where none is.
 *
 * @throws CommandFailure where neither an address nor a data directory with a ledger is given
 */
export async function withLedger<Result>(
  context: CommandContext,
  options: ConnectionOptions,
  use: (client: DaybookClient) => Promise<Result>,
): Promise<Result> {
  if (options.url === undefined) checkLedger(dataDirectoryOf(options));
  return withDaybook(context, options, use);
}

/** @throws CommandFailure where the data directory was never used; nothing is made */
export function checkLedger(dataDirectory: string): void {
  if (isDataDirectory(dataDirectory)) return;
  throw new CommandFailure(
    `There is no ledger in ${dataDirectory}. Name its data directory with --data or DAYBOOK_DATA, ` +
      'or make one with "daybook serve", "daybook import" or "daybook demo --data <directory>".',
    exitCodes.usage,
  );
}

async function findRunning(options: ConnectionOptions): Promise<DaybookClient | undefined> {
  if (options.url !== undefined) {
    const client = new DaybookClient(originOf(options.url));
    if (await client.isLive()) return client;
    throw new CommandFailure(
      `No Daybook answers at ${client.url}. Start one with "daybook serve", or leave --url out.`,
      exitCodes.unavailable,
    );
  }
  // A record that a killed process left behind names an address where nobody answers.
  const record = await readRunRecord(dataDirectoryOf(options));
  if (record === undefined) return undefined;
  const client = new DaybookClient(record.url);
  return (await client.isLive()) ? client : undefined;
}

function originOf(url: string): string {
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return new URL(url).origin;
  throw new CommandFailure(
    `"${url}" is no address. Give one such as http://127.0.0.1:2850.`,
    exitCodes.usage,
  );
}
