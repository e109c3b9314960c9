import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDaybook, startRunningDaybook } from '../doubles/running-daybook.js';
import { type CommandRun, runDaybook } from './command-line.js';
import { contractBalances, openBalances } from './entry-pages.js';

describe('a simulated trading day, played', () => {
  let folder: string;
  let demo: CommandRun;
  let daybook: RunningDaybook;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daybook-trading-day-'));
    const dataDirectory = join(folder, 'data');
    demo = await runDaybook(['demo', '--orders', '80', '--seed', '5', '--data', dataDirectory]);
    daybook = await startRunningDaybook({ dataDirectory });
  }, 240_000);
  afterAll(async () => {
    await daybook?.end();
    await rm(folder, { recursive: true, force: true });
  });

  const findings = async (code: string) => {
    const { body } = await daybook.get(`/v1/findings?limit=500&code=${code}`);
    return (body as { items: readonly { subject: string }[] }).items.map(({ subject }) => subject);
  };
  const available = async (sku: string, node: string) => {
    const { body } = await daybook.get(`/v1/stock/${sku}?node=${node}`);
    const { items } = body as { items: readonly { available: string; sellable: string }[] };
    return items.map((row) => [row.sellable, row.available]);
  };

  it('is decided as the day expects, the refusal of what is not there included', () => {
    expect(demo.output).not.toContain('unexpected:');
    expect(demo.output).toMatch(/decisions accepted and 1 refused/);
    expect(demo.exitCode).toBe(0);
  });

  it('leaves contracts of tills at zero, and open what went back and nobody granted', async () => {
    const balances = await contractBalances(daybook);
    expect(balances.size).toBeGreaterThan(60);
    const open = Object.keys(openBalances(balances));
    expect(open.length).toBeLessThan(balances.size / 2);
    expect(open.filter((leaf) => leaf.startsWith('order-pos.'))).toEqual([]);
    const cancelledTooLate = await findings('cancelled_yet_dispatched');
    expect(cancelledTooLate.length).toBeGreaterThan(0);
    expect(open).toEqual(expect.arrayContaining(cancelledTooLate));
    for (const leaf of cancelledTooLate) {
      const { body } = await daybook.get(`/v1/orders/${encodeURIComponent(leaf)}`);
      expect(body).toMatchObject({
        creditedMinor: '0',
        refundedMinor: expect.not.stringMatching(/^0$/) as string,
      });
    }
  });

  it('sells the last units once, and what a till sold twice shows as oversold', async () => {
    expect(await available('ALD-LIMITED', 'dc_leipzig')).toEqual([['0', '0']]);
    expect(await available('ALD-DISPLAY', 'store_berlin')).toEqual([['-1', '-1']]);
  });
});
