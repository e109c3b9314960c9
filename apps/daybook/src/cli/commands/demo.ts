import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantFromMilliseconds, localDate } from '#kernel';
import { type Showcase, type SimulatedStep, tradingDay } from '#simulation';
import { defaultPort } from '../../configuration/defaults.js';
import type { DaybookClient } from '../api-client.js';
import type { CommandContext } from '../composition.js';
import { isDataDirectory } from '../../data-directory/index.js';
import { CommandFailure, exitCodes, type ExitCode } from '../exit-codes.js';
import { startProgress } from '../progress.js';
import type { Terminal } from '../terminal.js';
import { playTradingDay } from '../trading-day-player.js';
import { erasureResultView } from '../views/erasure-view.js';
import { stockView } from '../views/stock-view.js';
import { formatCount } from '../views/table.js';
import { trialBalanceView } from '../views/trial-balance-view.js';
import { dataDirectoryOf, withDaybook } from '../with-daybook.js';
import { printTour } from './demo-tour.js';
import { printTimeline } from './timeline.js';
import { runVerify } from './verify.js';

export interface DemoOptions {
  /** Kept; a temporary directory, removed at the end, where it is left out. */
  readonly data?: string;
  readonly orders: number;
  readonly seed: number;
  /** On how many days the orders come in. */
  readonly days: number;
  readonly keepOpen?: boolean;
}

/** The last day is so long ago that what it tells has happened by now; decisions are taken now. */
const endedDaysAgo = 4;
const erasureWaitsDays = 30;
const dayMilliseconds = 86_400_000;

/** The day so many days from now on, `YYYY-MM-DD`. */
function dayIn(days: number): string {
  return localDate(instantFromMilliseconds(Date.now() + days * dayMilliseconds), 'UTC');
}

/** `daybook demo` */
export async function runDemo(context: CommandContext, options: DemoOptions): Promise<ExitCode> {
  if (options.data !== undefined) {
    const data = dataDirectoryOf(options);
    requireNoLedger(data);
    return demonstrate(context, options, data);
  }
  const temporary = mkdtempSync(join(tmpdir(), 'daybook-demo-'));
  const remove = () => rmSync(temporary, { recursive: true, force: true });
  // An interrupt ends the process from where it is told of it, and so without coming back here.
  process.once('exit', remove);
  try {
    return await demonstrate(context, options, temporary);
  } finally {
    process.off('exit', remove);
    remove();
  }
}

/** What is simulated is never mixed with facts that are there already. */
function requireNoLedger(data: string): void {
  if (!isDataDirectory(data)) return;
  throw new CommandFailure(
    `There is a ledger in ${data} already. Name a folder that is empty or absent with --data; nothing was changed.`,
    exitCodes.usage,
  );
}

async function demonstrate(
  context: CommandContext,
  options: DemoOptions,
  data: string,
): Promise<ExitCode> {
  const { terminal, composition } = context;
  terminal.note(`Starting Daybook on ${data} …`);
  const exitCode = await withDaybook(context, { data }, async (client) => {
    const { orders, seed, days } = options;
    const startDate = dayIn(-endedDaysAgo - days);
    const { steps, showcases } = tradingDay({ orders, seed, days, startDate });
    const isAsExpected = await play(terminal, client, steps, options);
    await forgetLater(terminal, client, showcases);
    await show(terminal, client, showcases[0]);
    printTitle(terminal, tourTitle(options));
    printTour(terminal, showcases, connectionOf(options));
    printTitle(terminal, 'Verification: every event read again, every row derived again');
    const verified = await runVerify(context, { data, full: true });
    return verified === exitCodes.done && !isAsExpected ? exitCodes.found : verified;
  });
  if (options.keepOpen !== true) return exitCode;
  terminal.print('');
  terminal.print(`Look around at http://127.0.0.1:${defaultPort}/docs; Ctrl-C ends it.`);
  await composition.runServe({ dataDirectory: data, port: defaultPort, logLevel: 'warn' });
  return exitCode;
}

/** A customer whose order is not sent yet asks to be forgotten, which has to wait. */
async function forgetLater(
  terminal: Terminal,
  client: DaybookClient,
  showcases: readonly Showcase[],
): Promise<void> {
  const waiting = showcases.find(({ isOpen }) => isOpen);
  if (waiting === undefined) return;
  const erasure = await client.operations.requestErasure({
    subject: waiting.order,
    all: true,
    deferUntil: dayIn(erasureWaitsDays),
    legalBasis: 'the order is open',
  });
  for (const line of erasureResultView(erasure)) terminal.print(line);
}

/** What is kept is looked at by its data directory, what is kept open also by its address. */
function connectionOf({ data, keepOpen }: DemoOptions): string | undefined {
  if (data !== undefined) return `--data ${data}`;
  return keepOpen === true ? `--url http://127.0.0.1:${defaultPort}` : undefined;
}

function tourTitle(options: DemoOptions): string {
  return connectionOf(options) === undefined
    ? 'What else there is to see, where it is kept with --data <directory> or --keep-open'
    : 'What else there is to see';
}

function printTitle(terminal: Terminal, title: string): void {
  terminal.print('');
  terminal.print(`== ${title}`);
}

/** Returns whether every answer was the one the day expects. */
async function play(
  terminal: Terminal,
  client: DaybookClient,
  steps: readonly SimulatedStep[],
  { orders, days }: DemoOptions,
): Promise<boolean> {
  const progress = startProgress(terminal, 'steps', steps.length);
  const startedAt = performance.now();
  const played = await playTradingDay(client, steps, progress.advance).finally(progress.end);
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
  const { recorded, repeated, accepted, refused, surprises } = played;
  terminal.print(
    `${formatCount(orders)} orders on ${days === 1 ? 'one day' : `${days} days`}: ${formatCount(recorded)} facts recorded, ` +
      `${formatCount(repeated)} repeats recognised, ${formatCount(accepted)} decisions accepted ` +
      `and ${formatCount(refused)} refused, in ${seconds} seconds.`,
  );
  for (const surprise of surprises) terminal.print(`unexpected: ${surprise}`);
  return surprises.length === 0;
}

async function show(
  terminal: Terminal,
  client: DaybookClient,
  { order, skus }: Showcase,
): Promise<void> {
  printTitle(terminal, 'One order: sent in two parcels, one unit returned');
  await printTimeline(terminal, client, order, {});
  printTitle(terminal, 'The stock of its items');
  for (const [index, sku] of skus.entries()) {
    if (index > 0) terminal.print('');
    for (const line of stockView(await client.stock.stock(sku))) terminal.print(line);
  }
  printTitle(terminal, 'Trial balance of what is proposed to be posted');
  for (const line of trialBalanceView(await client.money.trialBalance())) terminal.print(line);
}
