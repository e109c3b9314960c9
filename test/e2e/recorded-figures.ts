import type { DayFigures, KindFigures } from '../fixtures/document-figures.js';
import type { RecordedTables } from './recorded-tables.js';

/** A row of a statement that counts; a statement gives the columns that its reader takes. */
export interface CountedRow {
  readonly name: string;
  readonly count: string;
  readonly units: string;
  readonly minor: string;
}

/** The lines of all orders. */
export async function recordedLinesByKind(
  tables: RecordedTables,
): Promise<Readonly<Record<string, KindFigures>>> {
  return byKind(
    await tables.rows<CountedRow>(
      'order_timeline',
      `SELECT kind AS name, count(*) AS count, sum(ordered) AS units, sum(gross_minor) AS minor
         FROM order_line GROUP BY kind`,
    ),
  );
}

/** All orders, by the day on which they were captured in a zone. */
export async function recordedOrdersByDay(
  tables: RecordedTables,
  zone: string,
): Promise<Readonly<Record<string, DayFigures>>> {
  return byDay(
    await tables.rows<CountedRow>(
      'order_timeline',
      `SELECT ${localDay('captured_at', zone)} AS name, count(*) AS count,
              sum(ordered_minor) AS minor
         FROM order_header GROUP BY 1`,
    ),
  );
}

/** The day of an instant in a zone, as SQL. */
export function localDay(column: string, zone: string): string {
  return `to_char(${column}::timestamptz AT TIME ZONE '${zone}', 'YYYY-MM-DD')`;
}

export function byKind(rows: readonly CountedRow[]): Readonly<Record<string, KindFigures>> {
  return Object.fromEntries(
    rows.map(({ name, count, units, minor }) => [
      name,
      { lines: Number(count), units: Number(units), minor: BigInt(minor) },
    ]),
  );
}

export function byDay(rows: readonly CountedRow[]): Readonly<Record<string, DayFigures>> {
  return Object.fromEntries(
    rows.map(({ name, count, minor }) => [
      name,
      { documents: Number(count), minor: BigInt(minor) },
    ]),
  );
}
