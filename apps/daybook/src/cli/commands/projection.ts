import { setTimeout as pause } from 'node:timers/promises';
import type { GenerationView } from '../../generations/generation-desk.js';
import type { GenerationsDiff } from '#projection-engine';
import { ApiProblem } from '../api/api-problem.js';
import type { DaybookClient } from '../api-client.js';
import type { CommandContext } from '../composition.js';
import { CommandFailure, exitCodes, type ExitCode } from '../exit-codes.js';
import { startProgress } from '../progress.js';
import { generationLines, generationSentence } from '../views/generations-view.js';
import { generationsDiffView } from '../views/generations-diff-view.js';
import { withLedger } from '../with-daybook.js';
import { printAnswer, type ReadOptions } from './read-options.js';

const lookMilliseconds = 500;
/** Each attempt waits up to ten seconds for both to hold the same events. */
const diffAttemptsMax = 6;

export interface RebuildOptions extends ReadOptions {
  readonly switch?: boolean;
  readonly wait: boolean;
}

export interface DiffCommandOptions extends ReadOptions {
  readonly limit: number;
}

/** `daybook projection list` */
export async function runProjectionList(
  context: CommandContext,
  options: ReadOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const generations = await client.projections.generations();
    printAnswer(context.terminal, options, { generations }, () => generationLines(generations));
    return exitCodes.done;
  });
}

/** `daybook projection rebuild` */
export async function runProjectionRebuild(
  context: CommandContext,
  options: RebuildOptions,
): Promise<ExitCode> {
  const { terminal } = context;
  return withLedger(context, options, async (client) => {
    let built = await client.projections.rebuild();
    terminal.note(`Generation ${built.generation} is being built; what is read stays as it is.`);
    if (options.wait || options.switch === true) {
      built = await untilCaughtUp(context, client, built);
      if (options.switch === true) built = await client.projections.switchTo(built.generation);
    }
    printAnswer(terminal, options, built, () => [generationSentence(built)]);
    return exitCodes.done;
  });
}

async function untilCaughtUp(
  { terminal }: CommandContext,
  client: DaybookClient,
  { generation, of }: GenerationView,
): Promise<GenerationView> {
  const progress = startProgress(terminal, `generation ${generation}`, of);
  try {
    for (;;) {
      const view = (await client.projections.generations()).find(
        (known) => known.generation === generation,
      );
      if (view === undefined) {
        throw new CommandFailure(`Generation ${generation} was retired.`, exitCodes.found);
      }
      if (view.stopped !== null) throw new CommandFailure(view.stopped, exitCodes.unavailable);
      progress.reach(view.sequence);
      if (view.sequence >= view.of) return view;
      await pause(lookMilliseconds);
    }
  } finally {
    progress.end();
  }
}

/** `daybook projection diff`; where there are differences, the exit code says so. */
export async function runProjectionDiff(
  context: CommandContext,
  first: number | undefined,
  second: number | undefined,
  options: DiffCommandOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const generations = await client.projections.generations();
    const active = generations.find(({ state }) => state === 'active')?.generation;
    const one = first ?? active;
    const other =
      second ?? generations.filter(({ generation }) => generation !== one).at(-1)?.generation;
    if (one === undefined || other === undefined) {
      throw new CommandFailure(
        'There is one generation alone. Build another one: daybook projection rebuild',
        exitCodes.usage,
      );
    }
    const diff = await diffOnceTheyMeet(context, client, [one, other], options.limit);
    printAnswer(context.terminal, options, diff, () => generationsDiffView(diff));
    return diff.outcome === 'equal' ? exitCodes.done : exitCodes.found;
  });
}

/** While very much is written the two may pass each other for long; both have to be moving. */
async function diffOnceTheyMeet(
  { terminal }: CommandContext,
  client: DaybookClient,
  [one, other]: readonly [number, number],
  limit: number,
): Promise<GenerationsDiff> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await client.projections.diff(one, other, limit);
    } catch (error) {
      const isApart = error instanceof ApiProblem && error.code === 'generation_not_caught_up';
      if (!isApart || attempt === diffAttemptsMax) throw error;
      const standstill = (await client.projections.generations()).find(
        ({ generation, rules, stopped }) =>
          [one, other].includes(generation) && (rules !== 'here' || stopped !== null),
      );
      if (standstill !== undefined) throw error;
      terminal.note(`They passed each other while events came; attempt ${attempt + 1} begins.`);
    }
  }
}

/** `daybook projection switch` */
export async function runProjectionSwitch(
  context: CommandContext,
  generation: number | undefined,
  options: ReadOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const wanted =
      generation ??
      (await client.projections.generations()).find(({ state }) => state === 'building')
        ?.generation;
    if (wanted === undefined) {
      throw new CommandFailure(
        'No generation is being built. Name one that "daybook projection list" shows.',
        exitCodes.usage,
      );
    }
    const view = await client.projections.switchTo(wanted);
    printAnswer(context.terminal, options, view, () => [generationSentence(view)]);
    return exitCodes.done;
  });
}

/** `daybook projection rollback` */
export async function runProjectionRollback(
  context: CommandContext,
  options: ReadOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    const active = (await client.projections.generations()).find(({ state }) => state === 'active');
    if (active === undefined) throw new CommandFailure('No generation is read.', exitCodes.usage);
    const view = await client.projections.rollBack(active.generation);
    printAnswer(context.terminal, options, view, () => [generationSentence(view)]);
    return exitCodes.done;
  });
}

/** `daybook projection retire <generation>` */
export async function runProjectionRetire(
  context: CommandContext,
  generation: number,
  options: ReadOptions,
): Promise<ExitCode> {
  return withLedger(context, options, async (client) => {
    await client.projections.retire(generation);
    printAnswer(context.terminal, options, { retired: generation }, () => [
      `Generation ${generation} was dropped.`,
    ]);
    return exitCodes.done;
  });
}
