import type { ImportReport } from '../commands/import.js';
import { formatCount, tableLines } from './table.js';
import { tallyView } from './tally-view.js';

const unreadableListedMax = 20;

/** What was read, what became of it, and the first of what could not be read. */
export function importView(report: ImportReport): readonly string[] {
  const { documents, documentsRead, folder, deliveries, seconds, remarks, unreadable } = report;
  const lines = [
    `${formatCount(documentsRead)} ${documents} read from ${folder}.`,
    ...tallyView(deliveries, seconds),
  ];
  const counted = Object.entries(remarks).sort(([left], [right]) => (left < right ? -1 : 1));
  if (counted.length > 0) {
    lines.push(
      ...tableLines(
        [{ heading: 'remark' }, { heading: 'count', align: 'right' }],
        counted.map(([remark, count]) => [remark, formatCount(count)]),
      ),
    );
  }
  if (unreadable.length === 0) return lines;
  return [
    ...lines,
    `${formatCount(unreadable.length)} ${documents} could not be read and were left out:`,
    ...unreadable
      .slice(0, unreadableListedMax)
      .map(({ document, code, message }) => `${document}: ${code}: ${message}`),
  ];
}
