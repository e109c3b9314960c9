import { type TableColumn, tableLines } from '../../../apps/daybook/src/cli/views/table.js';

/** A line of the report. What a case does not have, it leaves out. */
export interface BenchRow {
  readonly case: string;
  readonly value: number;
  readonly unit: 'events/s' | 'ms' | 's' | 'MB';
  readonly floor?: number;
  readonly ratio?: number;
  readonly target?: string;
  readonly isMet?: boolean;
  /** The least and the greatest value of the runs. */
  readonly spread?: readonly [number, number];
  /** Seconds of CPU that the node's process took for 10,000 events. */
  readonly nodeCpuSeconds?: number;
  /** The server at EVENTSTORE_URL in the same runs. */
  readonly other?: number;
}

const columns: readonly TableColumn[] = [
  { heading: 'case' },
  { heading: 'value', align: 'right' },
  { heading: 'unit' },
  { heading: 'least to greatest', align: 'right' },
  { heading: 'floor', align: 'right' },
  { heading: 'ratio', align: 'right' },
  { heading: 'other server', align: 'right' },
  { heading: 'node CPU s/10k', align: 'right' },
  { heading: 'target' },
  { heading: 'met' },
];

export function benchTable(rows: readonly BenchRow[]): readonly string[] {
  return tableLines(columns, rows.map(cellsOf));
}

function cellsOf(row: BenchRow): readonly string[] {
  const { spread, nodeCpuSeconds } = row;
  return [
    row.case,
    figure(row.value),
    row.unit,
    spread === undefined ? '' : `${figure(spread[0])} to ${figure(spread[1])}`,
    row.floor === undefined ? '' : figure(row.floor),
    row.ratio === undefined ? '' : row.ratio.toFixed(2),
    row.other === undefined ? '' : figure(row.other),
    nodeCpuSeconds === undefined ? '' : nodeCpuSeconds.toFixed(2),
    row.target ?? '',
    row.isMet === undefined ? '' : row.isMet ? 'yes' : 'no',
  ];
}

function figure(value: number): string {
  const maximumFractionDigits = value < 100 ? 2 : 0;
  return value.toLocaleString('en-US', { maximumFractionDigits });
}
