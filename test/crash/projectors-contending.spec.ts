import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Random } from '../fixtures/random.js';
import {
  compileProjector,
  killProjectors,
  KillableProjector,
  removeCompiled,
} from './killable-projector.js';
import { ProjectedAccounts } from './projected-accounts.js';
import { TakeOvers } from './take-overs.js';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const seed = Number(process.env['DAYBOOK_SEED'] ?? Date.now() % 1_000_000);
const rounds = deep ? 60 : 3;
/** The deep run has the terms of the product, so that its figures are the product's. */
const lease = deep
  ? undefined
  : { leaseMilliseconds: 1_500, renewMilliseconds: 300, pollMilliseconds: 50 };
const projectorCount = 3;
/** Few enough to meet one another, and so many that what meets stays small beside the whole. */
const accountsMax = deep ? 16_000 : 2_000;
const appendedAtOnce = 12;
/** The load waits here: what is measured is a change of hands, and not how far behind a test can be. */
const unappliedMax = 200;
/** A holder is hit after so many of its commits at most. */
const commitsMax = 6;

let ledger: ProjectedAccounts;
let folder: string;

beforeAll(async () => {
  [ledger, folder] = await Promise.all([ProjectedAccounts.start(), compileProjector()]);
});
beforeEach(() => ledger.startOver());
afterEach(killProjectors);
afterAll(async () => {
  await ledger.stop();
  await removeCompiled(folder);
});

function start(): KillableProjector {
  const { eventStoreUrl, databaseUrl } = ledger;
  return new KillableProjector(folder, {
    eventStoreUrl,
    databaseUrl,
    batchEventsMax: 100,
    ...(lease && { lease }),
  });
}

describe(`three projectors under load, killed and stopped at random (seed ${seed})`, () => {
  it('apply every event once, and one takes over from another', async () => {
    const random = new Random(seed);
    const projectors = Array.from({ length: projectorCount }, start);
    const takeOvers = new TakeOvers(projectors);
    const load = loadOf(projectors, new Random(seed + 1));
    for (let round = 0; round < rounds; round += 1) {
      const holder = await takeOvers.holder();
      await takeOvers.commits(holder, random.between(1, commitsMax));
      // A standby is hit too, now and then: it must not matter.
      const standby = random.pick(projectors.filter((other) => other !== holder));
      if (random.chance(0.3)) await standby.kill();
      if (random.chance(0.5)) await takeOvers.afterKill(holder);
      else await takeOvers.afterStop(holder);
      projectors.forEach((each, index) => {
        if (each.hasEnded) projectors[index] = start();
      });
    }
    await load.end();
    await Promise.race(
      projectors.map((each) => each.until(({ sequence }) => sequence === ledger.written)),
    );
    for (const projector of projectors) expect(projector.last?.repeated ?? 0).toBe(0);
    await Promise.all(projectors.map((projector) => projector.stop()));
    expect(await ledger.verified()).toMatchObject({
      outcome: 'equal',
      repeated: 0,
      applied: { events: ledger.written },
    });
    console.log(`${ledger.written} events; ${takeOvers.figures()}`);
  });
});

/** Writes until it is ended, a little ahead of what is applied. */
function loadOf(
  projectors: readonly KillableProjector[],
  random: Random,
): { end(): Promise<void> } {
  const ending = new AbortController();
  const applied = (): number => Math.max(...projectors.map(({ last }) => last?.sequence ?? 0));
  const writing = (async () => {
    while (!ending.signal.aborted) {
      await ledger.write(appendedAtOnce, random, accountsMax);
      while (!ending.signal.aborted && ledger.written - applied() > unappliedMax) {
        const living = projectors.filter(({ hasEnded }) => !hasEnded);
        await Promise.race(living.map((projector) => projector.next()));
      }
    }
  })();
  return {
    end: async () => {
      ending.abort();
      await writing;
    },
  };
}
