import type { DeliveryTally } from '../delivery-sender.js';
import { formatCount, tableLines } from './table.js';

const right = { align: 'right' } as const;

/** What became of deliveries, how long it took, and the first of those that were not recorded. */
export function tallyView(tally: DeliveryTally, seconds: number): readonly string[] {
  const { recorded, repeated, quarantined, refused, faults } = tally;
  const total = recorded + repeated + quarantined + refused;
  return [
    ...tableLines(
      [{ heading: 'deliveries' }, { heading: 'count', ...right }],
      [
        ['recorded', formatCount(recorded)],
        ['repeated', formatCount(repeated)],
        ['quarantined', formatCount(quarantined)],
        ['refused', formatCount(refused)],
        ['all', formatCount(total)],
      ],
    ),
    `${seconds.toFixed(1)} seconds, ${formatCount(Math.round(total / Math.max(seconds, 0.001)))} a second.`,
    ...faults.map(
      ({ id, code, message }) => `not recorded: ${id ?? 'without id'} ${code} ${message}`,
    ),
  ];
}
