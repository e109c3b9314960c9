import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { startEventStoreInMemory } from '#embedded-event-store';
import { connectEventStore } from '#event-store';
import { defaultLedgerPrefix } from '#kernel';
import { startRunningDaybook } from '../doubles/running-daybook.js';
import { startTemporaryPostgres } from '../doubles/temporary-postgres.js';

const program = join(import.meta.dirname, '../../dist/apps/daybook/src/main.js');
const waiting = { timeout: 30_000, interval: 50 };
const endings: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

interface Told {
  readonly status: string;
  readonly projectors: readonly {
    readonly state: string;
    readonly sequence: number;
    readonly epoch: number;
  }[];
}

/** `daybook projector` on two stores, in a process of its own. */
class ProjectorCommand {
  private constructor(
    private readonly child: ChildProcess,
    private readonly url: string,
  ) {}

  static async start(environment: NodeJS.ProcessEnv): Promise<ProjectorCommand> {
    const child = spawn(process.execPath, [program, 'projector', '--port', '0'], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    endings.push(() => end(child, 'SIGKILL'));
    const [line] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    const ready = /^PROJECTING (http:\S+)\/health\/ready$/m.exec(line)?.[1];
    if (ready === undefined) throw new Error(line);
    return new ProjectorCommand(child, ready);
  }

  async told(): Promise<Told> {
    const answer = await fetch(`${this.url}/health/ready`);
    return (await answer.json()) as Told;
  }

  async metrics(): Promise<string> {
    return (await fetch(`${this.url}/metrics`)).text();
  }

  kill(): Promise<number | null> {
    return end(this.child, 'SIGKILL');
  }

  stop(): Promise<number | null> {
    return end(this.child, 'SIGTERM');
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  child.kill(signal);
  await once(child, 'exit');
  return child.exitCode;
}

it('of two daybook projectors one projects, and the other goes on once that one is killed', async () => {
  const postgres = await startTemporaryPostgres();
  endings.push(() => postgres.stop());
  const node = await startEventStoreInMemory({ port: 0, onFailure: () => undefined });
  endings.push(() => node.stop());
  const environment = {
    EVENTSTORE_URL: node.connectionString,
    DATABASE_URL: postgres.connectionString,
  };
  const served = await startRunningDaybook({ environment });
  endings.push(() => served.stop());
  await served.end();

  const first = await ProjectorCommand.start(environment);
  await vi.waitFor(async () => {
    expect(await first.told()).toMatchObject({ status: 'ready', projectors: [{ state: 'live' }] });
  }, waiting);
  const second = await ProjectorCommand.start(environment);
  await vi.waitFor(async () => {
    expect(await second.told()).toMatchObject({
      status: 'ready',
      projectors: [{ state: 'standby' }],
    });
  }, waiting);
  expect(await first.metrics()).toContain('\ndaybook_projector_holds 1\n');
  expect(await second.metrics()).toContain('\ndaybook_projector_holds 0\n');

  const [before] = (await first.told()).projectors;
  await first.kill();
  const store = connectEventStore({ connectionString: node.connectionString });
  endings.push(() => store.close());
  await store.append({
    stream: `${defaultLedgerPrefix}order-${randomUUID()}`,
    expectedRevision: 'no_stream',
    // Nobody can read it: it is parked, which is an event more all the same.
    events: [{ eventId: randomUUID(), type: 'Unheard', data: {}, metadata: {} }],
  });
  await vi.waitFor(async () => {
    const [after] = (await second.told()).projectors;
    expect(after).toMatchObject({ state: 'live', sequence: (before?.sequence ?? 0) + 1 });
    expect(after?.epoch).toBeGreaterThan(before?.epoch ?? 0);
  }, waiting);
  expect(await second.metrics()).toContain('\ndaybook_projector_holds 1\n');
  expect(await second.stop()).toBe(0);
});
