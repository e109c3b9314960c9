import type { ClientBase } from 'pg';
import { type BatchFold, foldBatch } from '../fold/fold-batch.js';
import { QueuedStatements } from '../postgres/statement-set.js';
import { writeFold } from '../postgres/write-batch.js';
import type { BatchItem } from './batch-item.js';
import { firstFailing } from './first-failing.js';
import {
  factsOf,
  foldWithParking,
  type ParkingFold,
  type ParkingGround,
} from './fold-with-parking.js';
import { independentParts } from './independent-parts.js';
import type { ParkingReason } from './parking-draft.js';
import { refusalOf } from './rows-refused.js';

/**
 * Folds events and writes the rows, within the caller's transaction, parking whatever PostgreSQL
 * refuses. The rows of parts that touch no subject in common are tried by halves behind a savepoint,
 * so that k refused parts of n cost about 2·k·log2(n/k) smaller writes and not n.
 *
 * @throws whatever a write failed with that is no refusal, or that no part alone brings about
 */
export async function foldAndWrite<Event, View>(
  client: ClientBase,
  ground: ParkingGround<Event, View>,
  items: readonly BatchItem<Event>[],
): Promise<ParkingFold<Event>> {
  const poison = new Map<number, ParkingReason>();
  for (;;) {
    const folded = await foldWithParking(ground, items, poison);
    const failure = await failureOfWriting(client, ground, folded.fold, 'kept');
    if (failure === undefined) return folded;
    const search = new RefusedEvents(client, ground);
    await search.among(independentParts(folded));
    if (search.found.size === 0) throw failure.error;
    for (const [sequence, reason] of search.found) poison.set(sequence, reason);
  }
}

interface WriteFailure {
  readonly error: unknown;
  readonly message: string;
}

/** Writes behind a savepoint; the rows stay where they are to be kept and nothing refuses them. */
async function failureOfWriting<Event, View>(
  client: ClientBase,
  { plan }: ParkingGround<Event, View>,
  fold: BatchFold<Event>,
  rows: 'kept' | 'taken_back',
): Promise<WriteFailure | undefined> {
  await client.query('SAVEPOINT parking');
  let failure: WriteFailure | undefined;
  try {
    const statements = new QueuedStatements(client);
    await writeFold(statements, plan, fold);
    await statements.sent();
    // What would be refused at the commit is refused here, where it can be told what it was.
    await client.query('SET CONSTRAINTS ALL IMMEDIATE');
  } catch (error) {
    const message = refusalOf(error);
    if (message === undefined) throw error;
    failure = { error, message };
  }
  if (failure !== undefined || rows === 'taken_back') {
    await client.query('ROLLBACK TO SAVEPOINT parking');
  }
  await client.query('RELEASE SAVEPOINT parking');
  return failure;
}

type Part<Event> = readonly BatchItem<Event>[];

/** Looks for the events whose rows are refused, by halves. */
class RefusedEvents<Event, View> {
  readonly found = new Map<number, ParkingReason>();

  constructor(
    private readonly client: ClientBase,
    private readonly ground: ParkingGround<Event, View>,
  ) {}

  /** @param parts which are refused when they are written together */
  async among(parts: readonly Part<Event>[]): Promise<void> {
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return this.inPart(only);
    const middle = parts.length >>> 1;
    for (const half of [parts.slice(0, middle), parts.slice(middle)]) {
      // More are not looked for than can be parked: the batch then ends at the limit.
      if (this.found.size > this.ground.limits.parkedKeysMax) return;
      if (half.length > 0 && (await this.refusalOf(half.flat())) !== undefined) {
        await this.among(half);
      }
    }
  }

  /** The first event of a part that makes its rows refused: those before it can be applied. */
  private async inPart(part: Part<Event>): Promise<void> {
    const length = await firstFailing(
      part.length,
      async (prefix) => (await this.refusalOf(part.slice(0, prefix))) !== undefined,
    );
    const offender = part[length - 1];
    const message = await this.refusalOf(part.slice(0, length));
    if (offender === undefined || message === undefined) return;
    this.found.set(offender.stored.sequence, { code: 'rows_refused', message });
  }

  private async refusalOf(items: Part<Event>): Promise<string | undefined> {
    const { plan, folder } = this.ground;
    const { result } = await folder.drive((graph) =>
      foldBatch(plan, graph, factsOf(items), (subject) => folder.rowsOf(subject)),
    );
    const [failed] = result.failures;
    // Fewer facts can break a derivation that all of them do not: that is as good as refused.
    if (failed) return failed.message;
    const failure = await failureOfWriting(this.client, this.ground, result, 'taken_back');
    return failure?.message;
  }
}
