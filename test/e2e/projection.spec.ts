import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDaybook, startRunningDaybook } from '../doubles/running-daybook.js';
import { runDaybook } from './command-line.js';

const deliveries = 150;

let daybook: RunningDaybook;

const projection = (...words: readonly string[]) =>
  runDaybook(['projection', ...words, '--data', daybook.dataDirectory]);

beforeAll(async () => {
  daybook = await startRunningDaybook();
  await runDaybook(['simulate', '--events', String(deliveries), '--url', daybook.url]);
}, 120_000);
afterAll(() => daybook.stop());

async function statesOf(): Promise<readonly string[]> {
  const { body } = await daybook.get('/v1/projections');
  return (body as { generations: { state: string }[] }).generations.map(({ state }) => state);
}

async function eventsRead(): Promise<number> {
  const { body } = await daybook.get('/v1/stats');
  return (body as { sequence?: number }).sequence ?? 0;
}

describe('daybook projection', () => {
  it('builds anew beside what is read, shows no difference, switches and goes back', async () => {
    const rebuilt = await projection('rebuild', '--switch');
    expect(rebuilt).toMatchObject({
      exitCode: 0,
      notes: expect.stringContaining('Generation 2 is being built'),
      output: expect.stringContaining('Generation 2 is the one that is read'),
    });
    expect(await statesOf()).toEqual(['standby', 'active']);
    expect(await projection('diff')).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('No difference.'),
    });
    expect(await projection('rollback')).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining('Generation 1 is the one that is read'),
    });
    // Sent again, neither changes anything further.
    for (const path of ['rollback?from=2', 'generations/1/switch']) {
      expect(await daybook.post(`/v1/projections/${path}`, '')).toMatchObject({
        status: 200,
        body: { generation: 1, state: 'active' },
      });
    }
    expect((await projection('list')).output).toMatch(/1 +active[^]*2 +standby/);
    expect(await projection('retire', '1')).toMatchObject({
      exitCode: 2,
      notes: expect.stringContaining('Switch to another one first'),
    });
  }, 120_000);

  it('that is killed in a switch reads one or the other, and goes on', async () => {
    const before = await eventsRead();
    const { processId } = JSON.parse(
      await readFile(join(daybook.dataDirectory, 'run.json'), 'utf8'),
    ) as { processId: number };
    const asked = daybook.post('/v1/projections/generations/2/switch', '').catch(() => undefined);
    process.kill(processId, 'SIGKILL');
    await asked;
    await daybook.ended();
    const { dataDirectory } = daybook;
    const again = await startRunningDaybook({ dataDirectory });
    daybook = again;
    expect([...(await statesOf())].sort()).toEqual(['active', 'standby']);
    expect(await eventsRead()).toBe(before);
    await again.end();
  }, 120_000);
});
