import { daybookGroup } from '#projections';
import { type FoldedTables, fullFold, plainReference } from '../fixtures/full-fold.js';
import type { Story } from './story.js';

type Row = Readonly<Record<string, unknown>>;

/** What the read models say once a story is told. */
export class Ending {
  readonly tables: FoldedTables;

  constructor(story: Story) {
    this.tables = fullFold(story.events(), { ...plainReference, ...story.reference });
  }

  /** The rows of a table such as `order_timeline.order_line`, by the names of its columns. */
  rows(table: string): readonly Row[] {
    const [projectionName, tableName] = table.split('.');
    const { columns } =
      daybookGroup(plainReference)
        .projections.find(({ name }) => name === projectionName)
        ?.tables.find(({ name }) => name === tableName) ?? fail(`No table ${table}.`);
    const names = columns.filter(({ arrival }) => arrival !== true).map(({ name }) => name);
    return [...(this.tables.get(table)?.values() ?? [])].map((values) =>
      Object.fromEntries(names.map((name, index) => [name, values[index]])),
    );
  }

  header(order: string): Row {
    return (
      this.rows('order_timeline.order_header').find((row) => row['order_leaf'] === order) ??
      fail(`${order} has no header.`)
    );
  }

  /** The status of each line of an order. */
  lines(order: string): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      this.rows('order_timeline.order_line')
        .filter((row) => row['order_leaf'] === order)
        .map((row) => [String(row['line']), row['status']]),
    );
  }

  /** The types of events on a timeline, each once, sorted. */
  told(subject: string): readonly string[] {
    const types = this.rows('order_timeline.entry')
      .filter((row) => row['subject'] === subject)
      .map((row) => String(row['type']));
    return [...new Set(types)].sort();
  }

  /** The codes of the findings on a subject, sorted; of all subjects where none is named. */
  findings(subject?: string): readonly string[] {
    return this.rows('order_timeline.finding')
      .filter((row) => subject === undefined || row['subject'] === subject)
      .map((row) => String(row['code']))
      .sort();
  }

  /** What each payment is to an order, in minor units: only the amounts that are not zero. */
  tenders(order: string): Readonly<Record<string, Readonly<Record<string, bigint>>>> {
    return Object.fromEntries(
      this.rows('order_timeline.order_tender')
        .filter((row) => row['order_leaf'] === order)
        .map((row) => [String(row['tender']), amountsOf(row)]),
    );
  }

  /** The state and the amount of each refund of an order. */
  refunds(order: string): readonly (readonly [unknown, unknown])[] {
    return this.rows('order_timeline.order_refund')
      .filter((row) => row['order_leaf'] === order)
      .map((row) => [row['state'], row['minor']]);
  }

  /** What the events on a leaf post: credits less debits of each account, in minor units. */
  posted(leaf: string): Readonly<Record<string, bigint>> {
    const entries = new Set(
      this.rows('erp_postings.proposed_entry')
        .filter((row) => row['leaf'] === leaf)
        .map((row) => row['entry_id']),
    );
    const lines = this.rows('erp_postings.proposed_line');
    return summed(
      lines.filter((row) => entries.has(row['entry_id'])),
      'account',
    );
  }

  /** Credits less debits of each account that is not at zero, in minor units. */
  balances(legalEntity?: string): Readonly<Record<string, bigint>> {
    return summed(
      this.rows('erp_postings.balance').filter(
        (row) => legalEntity === undefined || row['legal_entity'] === legalEntity,
      ),
      'account',
    );
  }

  /** Credits less debits of each contract that is not at zero, in minor units. */
  contracts(): Readonly<Record<string, bigint>> {
    return summed(this.rows('erp_postings.contract_balance'), 'contract');
  }

  /** The stock of an item at a node, only what is not zero. */
  stock(sku: string, node: string): Readonly<Record<string, bigint>> {
    const sums: Record<string, bigint> = {};
    for (const row of this.rows('inventory_reservations.stock')) {
      if (row['sku'] !== sku || row['node'] !== node) continue;
      for (const [column, value] of Object.entries(row)) {
        if (typeof value === 'bigint') sums[column] = (sums[column] ?? 0n) + value;
      }
    }
    return withoutZeros(sums);
  }
}

/** The columns of a row that hold an amount, without their suffix and without those at zero. */
function amountsOf(row: Row): Readonly<Record<string, bigint>> {
  const amounts = Object.entries(row).filter(([column]) => column.endsWith('_minor'));
  return withoutZeros(
    Object.fromEntries(
      amounts.map(([column, value]) => [column.replace('_minor', ''), BigInt(String(value))]),
    ),
  );
}

function summed(rows: readonly Row[], key: string): Readonly<Record<string, bigint>> {
  const sums: Record<string, bigint> = {};
  for (const row of rows) {
    const name = String(row[key]);
    const side = BigInt(String(row['credit_minor'])) - BigInt(String(row['debit_minor']));
    sums[name] = (sums[name] ?? 0n) + side;
  }
  return withoutZeros(sums);
}

function withoutZeros(sums: Record<string, bigint>): Readonly<Record<string, bigint>> {
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== 0n));
}

function fail(message: string): never {
  throw new Error(message);
}
