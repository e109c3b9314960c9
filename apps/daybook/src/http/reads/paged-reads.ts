import { Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';
import { ReadModels } from './read-models.js';

/** How a list is read and which key a row has in its order. */
export interface PagedList<Row> {
  /** Reads one row more than the slice asks for where there are more. */
  readonly rows: (client: ClientBase, slice: Slice) => Promise<readonly Row[]>;
  readonly keyOf: (row: Row) => readonly string[];
}

/** Reads lists over whole tables of the read models page by page. */
@Injectable()
export class PagedReads {
  constructor(private readonly readModels: ReadModels) {}

  page<Row>(slice: Slice, { rows, keyOf }: PagedList<Row>): Promise<Page<Row>> {
    return this.readModels.snapshot(
      async (client) => pageOf(await rows(client, slice), slice.limit, keyOf),
      'tables',
    );
  }
}
