import type { Pool } from 'pg';
import type { ReferenceData } from '#domain';
import {
  diffGenerations,
  type Generation,
  type GenerationsDiff,
  type GroupDefinition,
  readActiveGeneration,
  readGenerationCheckpoint,
  readGenerations,
  retireGeneration,
  startGeneration,
  switchGeneration,
} from '#projection-engine';
import { ProblemError } from '../http/problems/problem.js';
import type { GenerationRuns } from './generation-runs.js';
import { readAuthorityRules } from '../../../../projections/source-control/v1/queries.js';
import type { ReadModels } from '../http/reads/read-models.js';
import { ledgerRulesOf, withLedgerRules } from './ledger-authority.js';
import { derivationOf, runnableReferenceData } from './recipe.js';

const diffWaitMilliseconds = 10_000;

/** One build of the read models, as an operator sees it. */
export interface GenerationView {
  readonly generation: number;
  readonly state: Generation['state'];
  /** The schemas that hold its tables. */
  readonly schemas: readonly string[];
  /** How many events it holds, of how many that the one furthest on holds. */
  readonly sequence: number;
  readonly of: number;
  readonly percent: number;
  readonly eventsPerSecond: number | null;
  /** Until it has reached the one furthest on, at the rates of both; null where that cannot be told. */
  readonly secondsLeft: number | null;
  readonly appliedAt: string | null;
  readonly createdAt: string;
  readonly switchedAt: string | null;
  /** It becomes the active one as soon as it has caught up. */
  readonly switchesByItself: boolean;
  /** Whether this program derives as this generation was derived: else it stands still. */
  readonly rules: 'here' | 'another_release';
  /** Why it stopped, where it did. */
  readonly stopped: string | null;
}

/** What an operator does with the builds of the read models. */
export class GenerationDesk {
  constructor(
    private readonly pool: Pool,
    private readonly group: Pick<GroupDefinition<never, never>, 'name' | 'projections'>,
    private readonly referenceData: ReferenceData,
    private readonly runs: GenerationRuns,
    private readonly readModels: ReadModels,
  ) {}

  async list(): Promise<readonly GenerationView[]> {
    const generations = await this.#kept();
    const checkpoints = await Promise.all(
      generations.map((generation) => readGenerationCheckpoint(this.pool, generation)),
    );
    const sequences = checkpoints.map((checkpoint) => checkpoint?.sequence ?? 0);
    const of = Math.max(0, ...sequences);
    const furthest = generations[sequences.indexOf(of)];
    const growth = furthest && this.runs.rates.eventsPerSecond(furthest.generation);
    return generations.map((generation, index) => {
      const sequence = sequences[index] ?? 0;
      const rate = this.runs.rates.eventsPerSecond(generation.generation);
      return {
        generation: generation.generation,
        state: generation.state,
        schemas: generation.schemas,
        sequence,
        of,
        percent: of === 0 ? 100 : Math.floor((1_000 * sequence) / of) / 10,
        eventsPerSecond: rate ?? null,
        secondsLeft: secondsLeft(of - sequence, rate, growth),
        appliedAt: checkpoints[index]?.appliedAt.toISOString() ?? null,
        createdAt: generation.createdAt.toISOString(),
        switchedAt: generation.switchedAt?.toISOString() ?? null,
        switchesByItself: generation.switchesByItself,
        rules: runnableReferenceData(generation, this.group) ? 'here' : 'another_release',
        stopped: this.runs.stoppedBecause(generation.generation) ?? null,
      };
    });
  }

  /**
   * Begins a further build beside the one that is read, by the rules of this program and those of
   * authority that the ledger holds as it is read now.
   */
  async rebuild(): Promise<GenerationView> {
    const rules = ledgerRulesOf(await this.readModels.snapshot(readAuthorityRules));
    const referenceData = withLedgerRules(this.referenceData, rules);
    const derivation = derivationOf(this.group, referenceData);
    const started = done(await startGeneration(this.pool, this.group, derivation, false));
    return this.#changed(started.generation);
  }

  /**
   * Where it is read already there is nothing to do, so that a request may be sent again.
   *
   * @throws ProblemError where it is not there, or has not caught up
   */
  async switchTo(generation: number): Promise<GenerationView> {
    if ((await this.#active()) === generation) return this.#changed(generation);
    done(await switchGeneration(this.pool, { groupName: this.group.name, generation }));
    return this.#changed(generation);
  }

  /**
   * Goes back to the generation that was read last before this one.
   *
   * @param from the one to go back from: where it is not read any more, that was done before, and a
   *   request that is sent again does not lead there again
   */
  async rollBack(from?: number): Promise<GenerationView> {
    const active = await this.#active();
    if (active !== undefined && from !== undefined && from !== active) return this.#changed(active);
    const standby = (await this.#kept())
      .filter(({ state }) => state === 'standby')
      .sort((left, right) => timeOf(right) - timeOf(left))[0];
    if (standby === undefined) {
      const detail = 'No generation stands by: there is nothing to go back to.';
      throw new ProblemError({ code: 'generation_unknown', detail });
    }
    return this.switchTo(standby.generation);
  }

  async retire(generation: number): Promise<{ readonly retired: number }> {
    done(await retireGeneration(this.pool, { groupName: this.group.name, generation }));
    await this.runs.look();
    return { retired: generation };
  }

  async diff(first: number, second: number, differencesMax: number): Promise<GenerationsDiff> {
    const { pool, group } = this;
    const waitMilliseconds = diffWaitMilliseconds;
    const options = { pool, group, first, second, differencesMax, waitMilliseconds };
    return done(await diffGenerations(options));
  }

  async #active(): Promise<number | undefined> {
    return (await readActiveGeneration(this.pool, this.group.name))?.generation;
  }

  async #kept(): Promise<readonly Generation[]> {
    const generations = await readGenerations(this.pool, this.group.name);
    return generations.filter(({ state }) => state !== 'retired');
  }

  async #changed(generation: number): Promise<GenerationView> {
    await this.runs.look();
    const view = (await this.list()).find((known) => known.generation === generation);
    if (view === undefined) throw new Error(`Generation ${generation} went while it was changed.`);
    return view;
  }
}

type Refused = {
  readonly outcome: 'refused';
  readonly code: ConstructorParameters<typeof ProblemError>[0]['code'];
  readonly message: string;
};

function done<Outcome extends { readonly outcome: string }>(
  outcome: Outcome | Refused,
): Exclude<Outcome, Refused> {
  if (outcome.outcome === 'refused') {
    const { code, message } = outcome as Refused;
    throw new ProblemError({ code, detail: message });
  }
  return outcome as Exclude<Outcome, Refused>;
}

function timeOf({ switchedAt }: Generation): number {
  return switchedAt?.getTime() ?? 0;
}

/** @param growth how fast what has to be reached moves on meanwhile */
function secondsLeft(
  events: number,
  rate: number | undefined,
  growth: number | undefined,
): number | null {
  if (events <= 0) return 0;
  const gain = (rate ?? 0) - (growth ?? 0);
  return gain <= 0 ? null : Math.ceil(events / gain);
}
