import type { Showcase } from '#simulation';
import type { Terminal } from '../terminal.js';

const columnGap = '  ';

/** Commands that show what the demo told, each with ids that are there. */
export function printTour(
  terminal: Terminal,
  showcases: readonly Showcase[],
  connection: string | undefined,
): void {
  const [, ...others] = showcases;
  const suffix = connection === undefined ? '' : ` ${connection}`;
  const rows = [
    ...others.map(({ order, shows }) => [`timeline ${order}${suffix}`, shows]),
    ...lists.map(([command, shows]) => [`${command}${suffix}`, shows]),
  ];
  const width = Math.max(...rows.map(([command = '']) => command.length));
  for (const [command = '', shows = ''] of rows) {
    terminal.print(`daybook ${command.padEnd(width)}${columnGap}${shows}`);
  }
}

/** What is seen over all orders. */
const lists: readonly (readonly [command: string, shows: string])[] = [
  ['orders --promise-broken', 'orders whose promised day is over'],
  ['orders --paid-not-shipped', 'orders that are paid and not sent'],
  ['orders --finding', 'what is odd, counted'],
  ['stock --oversold', 'what a till sold that was gone'],
  ['erase --list', 'who asked to be forgotten, and until when it waits'],
  ['completeness', 'what the tills counted, and which ticket is missing'],
  ['stats', 'counts of events, orders and findings'],
];
