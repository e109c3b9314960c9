import type { ClientBase } from 'pg';
import type { Moment } from '#projection-engine';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import {
  type EntryFilter,
  entryKeyOf,
  listEntries,
  type ProposedEntry,
} from '../../../../../projections/erp-postings/v1/queries.js';
import { type OfThePast, PastReadModels } from '../reads/past-read-models.js';
import { ReadModels } from '../reads/read-models.js';
import { type Page, pageOf } from '../requests/page.js';
import type { Slice } from '../requests/slice.js';

export interface EntriesAnswer extends Page<ProposedEntry>, OfThePast {}

export class ListEntries extends Query<EntriesAnswer> {
  constructor(
    readonly filter: EntryFilter,
    readonly slice: Slice,
    readonly at?: Moment,
  ) {
    super();
  }
}

@QueryHandler(ListEntries)
export class ListEntriesHandler implements IQueryHandler<ListEntries> {
  constructor(
    private readonly readModels: ReadModels,
    private readonly past: PastReadModels,
  ) {}

  execute({ filter, slice, at }: ListEntries): Promise<EntriesAnswer> {
    const read = async (client: ClientBase): Promise<EntriesAnswer> =>
      pageOf(await listEntries(client, filter, slice), slice.limit, entryKeyOf);
    if (at === undefined) return this.readModels.snapshot(read);
    const tables = ['proposed_entry', 'proposed_line'];
    // The entries of a contract all stem from the one order that is its subject.
    const { contract } = filter;
    const request = contract === undefined ? { tables } : { tables, subjects: [contract] };
    return this.past.read(at, request, read);
  }
}
