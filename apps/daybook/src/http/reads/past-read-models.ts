import type { ClientBase, Pool } from 'pg';
import type { Report, SubjectView } from '#domain';
import {
  type AsOf,
  type Generation,
  type GroupDefinition,
  type Moment,
  type PastRequest,
  type PastSource,
  readAsOf,
} from '#projection-engine';
import { daybookGroup } from '#projections';
import { runnableReferenceData } from '../../generations/recipe.js';
import { ProblemError } from '../problems/problem.js';

/** What an answer says of itself where `at` was asked for. */
export interface OfThePast {
  /** Which past it is; absent where the answer is of now. */
  readonly asOf?: AsOf;
}

/** Whatever the reference data is, this build's projections have these versions. */
const versions = daybookGroup({ accounts: {}, legalEntities: {}, authority: [] });

/** The tables of the projections as they were, to read by the queries that read them now. */
export class PastReadModels {
  #lastWhole: Promise<unknown> = Promise.resolve();

  readonly #source: PastSource<Report, SubjectView>;

  /** @param groupName the projection group whose tables are read */
  constructor(pool: Pool, groupName: string) {
    this.#source = { pool, groupName, definitionOf };
  }

  /** @throws ProblemError where the past that is asked for cannot be told */
  async read<Answer extends object>(
    moment: Moment,
    request: Omit<PastRequest, 'moment'>,
    read: (client: ClientBase, asOf: AsOf) => Promise<Answer>,
  ): Promise<Answer & OfThePast> {
    const reading = () => readAsOf(this.#source, { moment, ...request }, read);
    const past = await (request.subjects ? reading() : this.#inTurn(reading));
    if (past.outcome === 'read') return { ...past.result, asOf: past.asOf };
    throw new ProblemError({ code: past.code, detail: past.message, field: 'at' });
  }

  /** What is read of all subjects may fold very many events: one at a time, so that others go on. */
  #inTurn<Result>(reading: () => Promise<Result>): Promise<Result> {
    const mine = this.#lastWhole.then(reading);
    this.#lastWhole = mine.catch(() => undefined);
    return mine;
  }
}

/** The past is derived by the rules of the generation that is read, which may not be those of now. */
function definitionOf(generation: Generation): GroupDefinition<Report, SubjectView> | undefined {
  const referenceData = runnableReferenceData(generation, versions);
  return referenceData && daybookGroup(referenceData);
}
