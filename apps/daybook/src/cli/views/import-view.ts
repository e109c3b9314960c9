import type { DeliveryTally } from '../delivery-sender.js';
import { formatCount, tableLines } from './table.js';
import { tallyView } from './tally-view.js';

/** A document that was left out, and why. */
export interface UnreadableDocument {
  readonly document: string;
  readonly code: string;
  readonly message: string;
}

/** What an import did. */
export interface ImportReport {
  readonly documents: string;
  readonly folder: string;
  readonly documentsRead: number;
  readonly deliveries: DeliveryTally;
  readonly seconds: number;
  /** How often the translation remarked what the facts alone do not show, by its code. */
  readonly remarks: Readonly<Record<string, number>>;
  readonly unreadable: readonly UnreadableDocument[];
}

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
