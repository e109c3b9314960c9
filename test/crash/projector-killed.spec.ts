import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Random } from '../fixtures/random.js';
import {
  compileProjector,
  killProjectors,
  KillableProjector,
  type ProjectorPlan,
  type ProjectorReport,
  removeCompiled,
} from './killable-projector.js';
import { ProjectedAccounts } from './projected-accounts.js';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';
const seed = Number(process.env['DAYBOOK_SEED'] ?? Date.now() % 1_000_000);
const killsInGate = 6;
/** So many accounts that the rows of a batch are copied, in one full batch and one that is not. */
const openedAccounts = 230;
const batchEventsMax = 220;
/** Every table is derived again after each kill, so a ledger must not grow for ever. */
const killsPerLedger = deep ? 8 : 3;
const calm = { leaseMilliseconds: 5_000, renewMilliseconds: 60_000, pollMilliseconds: 20 };

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

function start(plan: Partial<ProjectorPlan> = {}): KillableProjector {
  const { eventStoreUrl, databaseUrl } = ledger;
  const lease = calm;
  return new KillableProjector(folder, {
    eventStoreUrl,
    databaseUrl,
    batchEventsMax,
    lease,
    ...plan,
  });
}

const isDone = ({ state, sequence }: ProjectorReport): boolean =>
  state === 'live' && sequence === ledger.written;

describe(`a projector killed at a point where it waits (seed ${seed})`, () => {
  it(`leaves every event’s effect exactly once, ${deep ? 'at each point' : 'at some of them'}`, async () => {
    const random = new Random(seed);
    const killedAt = new Map<number, string>();
    let stride = 1;
    for (let atPoint = 1, round = 0; ; atPoint += stride, round += 1) {
      if (round % killsPerLedger === 0) {
        await ledger.startOver();
        await ledger.write(5, random);
        const whole = start();
        const points = (await whole.until(isDone))?.points ?? 0;
        await whole.stop();
        if (round === 0 && !deep) {
          stride = Math.ceil((2 * points) / killsInGate);
          atPoint = random.between(1, stride);
        }
      }
      await ledger.openAccounts(openedAccounts);
      await ledger.write(4, random);
      const projector = start({ signal: 'SIGKILL', atPoint });
      const isWhole = await Promise.race([projector.until(isDone), projector.signalled]);
      if (typeof isWhole === 'string') await projector.ended;
      await projector.stop();
      expect(projector.last?.repeated ?? 0).toBe(0);
      const verified = await ledger.verified();
      expect(verified, `killed at ${atPoint}`).toMatchObject({ outcome: 'equal' });
      if (typeof isWhole !== 'string') break;
      killedAt.set(atPoint, isWhole);
    }
    console.log(
      `killed at ${killedAt.size} points: ${[...killedAt].map((each) => each.join(' ')).join(', ')}`,
    );
    const isCopied = [...killedAt.values()].some((name) => name.includes('COPY'));
    if (deep) expect(isCopied).toBe(true);
    expect(killedAt.size).toBeGreaterThanOrEqual(deep ? 80 : 5);
    expect(await ledger.verified()).toMatchObject({
      outcome: 'equal',
      applied: { events: ledger.written },
    });
  });
});
