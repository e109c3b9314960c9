import { formatMoney } from '#kernel';
import type {
  Completeness,
  ComparedSum,
  Gap,
} from '../../../../../projections/source-control/v1/completeness.js';
import { formatCount, tableLines } from './table.js';

const right = { align: 'right' } as const;
const states: Readonly<Record<Completeness['state'], string>> = {
  matched: 'matched',
  differs: 'DIFFERS',
  total_missing: 'no total yet',
};

/** Each business day of each source in a line, and below them what differs, by name. */
export function completenessLines(rows: readonly Completeness[]): readonly string[] {
  if (rows.length === 0) return ['No source has told what it sent.'];
  return [
    ...tableLines(
      [
        { heading: 'source' },
        { heading: 'day or batch' },
        { heading: 'range' },
        { heading: 'sent', ...right },
        { heading: 'held', ...right },
        { heading: 'missing', ...right },
        { heading: 'state' },
      ],
      rows.map((row) => [
        row.account,
        row.span,
        row.numberRange,
        row.declaredRecords === null ? '' : formatCount(row.declaredRecords),
        formatCount(row.heldRecords),
        row.numbers === null ? '' : formatCount(row.numbers.missing),
        states[row.state],
      ]),
    ),
    ...rows.flatMap(differenceLines),
  ];
}

function differenceLines(row: Completeness): readonly string[] {
  const place = [row.account, row.span, row.numberRange].filter((part) => part !== '').join(' ');
  const { gaps = [], missing = 0, beyond = 0 } = row.numbers ?? {};
  const lines: string[] = [];
  if (missing > 0) {
    const named = gaps.reduce((count, { from, to }) => count + to - from + 1, 0);
    const more = missing > named ? `, and ${formatCount(missing - named)} more` : '';
    lines.push(`${place}: missing ${gaps.map(gapText).join(', ')}${more}`);
  }
  if (beyond > 0) {
    lines.push(`${place}: ${formatCount(beyond)} numbers beyond what the source says it used`);
  }
  return [
    ...lines,
    ...row.sums.filter(({ matches }) => !matches).map((sum) => `${place}: ${sumText(sum)}`),
  ];
}

function gapText({ from, to }: Gap): string {
  return from === to ? `${from}` : `${from} to ${to}`;
}

function sumText(sum: ComparedSum): string {
  const records = `${sum.eventType}: ${formatCount(sum.declaredRecords)} sent, ${formatCount(sum.heldRecords)} held`;
  const { currency, declaredMinor, heldMinor } = sum;
  if (currency === null || declaredMinor === null || heldMinor === null) return records;
  const [sent, held] = [declaredMinor, heldMinor].map((minor) =>
    formatMoney(BigInt(minor), currency),
  );
  return `${records}; ${sent} sent, ${held} held`;
}
