import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningDaybook, startRunningDaybook } from '../doubles/running-daybook.js';
import { answerOf, runDaybook } from './command-line.js';

describe('a command line that is wrong', () => {
  it.each([
    [['frobnicate'], 'unknown command'],
    [['help', 'frobnicate'], "unknown command 'frobnicate'"],
    [['search'], 'missing required argument'],
    [['stock'], 'Name the item, or give --oversold.'],
    [['simulate', '--events', 'many'], 'Give a whole number'],
    [['timeline', '1001'], 'no leaf of an order'],
    [['stats', '--url', 'localhost'], 'is no address'],
    [['import', 'olist', '/nowhere'], 'olist_orders_dataset.csv is not there'],
    [['demo', '--orders', '0'], 'Give a whole number from 1 on'],
    [['timeline', 'order-shop:1', '--data', '/nowhere'], 'There is no ledger in /nowhere'],
    [['stock', 'sku', '--data', '/nowhere'], 'There is no ledger in /nowhere'],
    [['stats', '--data', '/nowhere'], 'There is no ledger in /nowhere'],
    [['trial-balance', '--data', '/nowhere'], 'There is no ledger in /nowhere'],
    [['verify', '--data', '/nowhere'], 'There is no ledger in /nowhere'],
  ])('%j ends with 2 and says why', async (commandArguments, reason) => {
    const run = await runDaybook(commandArguments);
    expect(run.notes).toContain(reason);
    expect(run.exitCode).toBe(2);
    expect(run.output).toBe('');
    expect(existsSync('/nowhere')).toBe(false);
  });

  it('is said in JSON where the answer would be JSON', async () => {
    const run = await runDaybook(['search', '--json']);
    expect(JSON.parse(run.notes)).toMatchObject({ code: 'commander.missingArgument', exitCode: 2 });
  });

  it('ends with 3 where nobody answers', async () => {
    const run = await runDaybook(['stats', '--url', 'http://127.0.0.1:1']);
    expect(run.notes).toContain('No Daybook answers');
    expect(run.exitCode).toBe(3);
  });

  it('is told what the exit codes say', async () => {
    const run = await runDaybook(['--help']);
    expect(run.exitCode).toBe(0);
    expect(run.output).toMatch(/Exit codes:\n +0 .*\n +1 .*\n +2 .*\n +3 .*\n +70 /);
  });

  it('is told the version of the release', async () => {
    const run = await runDaybook(['--version']);
    expect(run.output).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(run.exitCode).toBe(0);
  });
});

describe('commands against a running Daybook', () => {
  let daybook: RunningDaybook;
  let data: readonly string[];

  beforeAll(async () => {
    daybook = await startRunningDaybook();
    data = ['--data', daybook.dataDirectory];
    const run = await runDaybook(['simulate', '--events', '600', '--seed', '11', ...data]);
    expect(run.notes).toBe('');
    expect(run.exitCode).toBe(0);
    expect(run.output).toMatch(/quarantined +0\n/);
  });
  afterAll(() => daybook?.stop());

  it('finds it by its data directory and by its address', async () => {
    const byDirectory = await answerOf(['stats', ...data]);
    const byAddress = await answerOf(['stats', '--url', daybook.url]);
    expect(byAddress).toEqual(byDirectory);
    expect(byDirectory).toMatchObject({ entries: expect.any(Array) as unknown[] });
  });

  it('reads an order by its leaf and by its id, in a table and as JSON', async () => {
    const { items } = (await daybook.get('/v1/findings?limit=1')).body as {
      items: readonly { subject: string }[];
    };
    const leaf = items[0]!.subject;
    const [, account = '', id = ''] = /^order-([^:]+):(.+)$/.exec(leaf) ?? [];
    const byId = await answerOf(['timeline', id, '--account', account, ...data]);
    expect(byId).toMatchObject({ order: { leaf }, timeline: { leaf } });
    const table = await runDaybook(['timeline', leaf, ...data]);
    expect(table.output).toContain(leaf);
    expect(table.output).toContain('Ordered');
  });

  it('finds an order, explains it by its evidence, and tells a customer of it', async () => {
    const { items } = (await answerOf([
      'orders',
      '--status',
      'delivered',
      '--limit',
      '1',
      ...data,
    ])) as {
      items: readonly { leaf: string; orderId: string }[];
    };
    const { leaf, orderId } = items[0]!;
    expect((await runDaybook(['search', orderId, ...data])).output).toContain(leaf);
    const explained = await runDaybook(['explain', leaf, ...data]);
    expect(explained.output).toMatch(/event [0-9a-f-]{36} at order-.* revision 0, sequence \d+/);
    expect(explained.output).toMatch(/recorded 20.*Z, delivery "[^"]+", raw [0-9a-f]{64}/);
    const told = await runDaybook(['timeline', leaf, '--audience', 'customer', ...data]);
    expect(told.output).toMatch(/^Your order has arrived; it was delivered on/);
    expect(told.output).toContain('You ordered');
    expect(told.output).not.toContain('wms');
  });

  it('lists what is broken, and refuses two lists at once', async () => {
    const late = await runDaybook(['orders', '--promise-broken', '--clock', '2099-01-01', ...data]);
    expect(late.output).toMatch(/promise_broken[^]*\d orders, the dearest first: [\d,.]+ EUR/);
    const counts = await runDaybook(['orders', '--finding', ...data]);
    expect(counts.output).toMatch(/^finding +severity +for +count +orders\n/);
    const both = await runDaybook(['orders', '--orphans', '--refund-owed', ...data]);
    expect(both).toMatchObject({ exitCode: 2, output: '' });
  });

  it('refuses in JSON whoever asks for JSON, with the code and what the API answered', async () => {
    const order = await runDaybook(['timeline', 'order-shop:none', '--json', ...data]);
    expect(order).toMatchObject({ exitCode: 2, output: '' });
    expect(JSON.parse(order.notes)).toMatchObject({
      code: 'order_not_found',
      exitCode: 2,
      problem: { status: 404 },
    });
    const period = await runDaybook(['trial-balance', '--period', 'May', '--json', ...data]);
    expect(JSON.parse(period.notes)).toMatchObject({
      code: 'parameter_invalid',
      message: 'parameter_invalid: period must be YYYY-MM or undated.',
    });
  });

  it('says that an order is not known', async () => {
    const run = await runDaybook(['timeline', 'order-shop:none', ...data]);
    expect(run.notes).toContain('order_not_found');
    expect(run.exitCode).toBe(2);
  });

  it('asks for ids that look like steps of a path', async () => {
    const order = await runDaybook(['timeline', '..', '--account', 'shop', ...data]);
    expect(order.notes).toContain('Nothing is known of order-shop:..');
    expect(order.exitCode).toBe(2);
    for (const sku of ['..', '.']) {
      const stock = await runDaybook(['stock', sku, ...data]);
      expect(stock.notes).toContain(`Nothing is known of the stock of ${sku}.`);
      expect(stock).toMatchObject({ exitCode: 2, output: '' });
    }
  });

  it('refuses a folder that cannot be made, however oddly the system says so', async () => {
    const run = await runDaybook(['backup', '/proc/nowhere/deeper', ...data]);
    expect(run.notes).toContain('/proc/nowhere/deeper cannot be used as a folder: ENOENT');
    expect(run.exitCode).toBe(2);
  });

  it('verifies for programs, with positions as strings of digits', async () => {
    expect(await answerOf(['verify', ...data])).toMatchObject({
      mode: 'sums',
      outcome: 'equal',
      categories: [],
    });
    expect(await answerOf(['verify', '--full', ...data])).toMatchObject({
      mode: 'full',
      outcome: 'equal',
      position: { commit: expect.stringMatching(/^\d+$/) as string },
      differences: [],
    });
  });

  it('prints a trial balance that is zero', async () => {
    const run = await runDaybook(['trial-balance', ...data]);
    expect(run.output).toMatch(/alder_de +total +([\d,.]+ EUR) +\1 +0\.00 EUR/);
  });

  it('names the table, key, column and values of a row that was tampered with', async () => {
    const record = JSON.parse(await readFile(join(daybook.dataDirectory, 'run.json'), 'utf8')) as {
      databaseUrl: string;
    };
    const client = new Client({ connectionString: record.databaseUrl });
    await client.connect();
    const change = (amount: string) =>
      client.query<{ order_leaf: string }>(
        `UPDATE order_timeline_v1_g1.order_header SET captured_minor = captured_minor ${amount}
          WHERE order_leaf = (SELECT min(order_leaf) FROM order_timeline_v1_g1.order_header)
          RETURNING order_leaf`,
      );
    try {
      const [row] = (await change('+ 1')).rows;
      const run = await runDaybook(['verify', '--full', ...data]);
      expect(run.exitCode).toBe(1);
      expect(run.output).toContain(
        `differing column in order_timeline_v1_g1.order_header (order_leaf=${row!.order_leaf})`,
      );
      expect(run.output).toMatch(/captured_minor: expected \d+\n +captured_minor: found +\d+/);
      await change('- 1');
      expect((await runDaybook(['verify', '--full', ...data])).exitCode).toBe(0);
    } finally {
      await client.end();
    }
  });
});

describe('a command on a new data directory', () => {
  it('says nothing while Daybook starts', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'daybook-new-spec-'));
    try {
      await chmod(folder, 0o711);
      const run = await runDaybook(['simulate', '--events', '20', '--data', join(folder, 'new')]);
      expect(run).toMatchObject({ notes: '', exitCode: 0 });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the demo', () => {
  it('shows a day, verifies it, and leaves nothing behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'daybook-demo-spec-'));
    try {
      const run = await runDaybook(['demo', '--orders', '30'], { TMPDIR: folder });
      expect(run.output).not.toContain('unexpected:');
      expect(run.output).toContain('No difference.');
      expect(run.output).toMatch(/order-shopify\.alder_eu:W\d+: delivered/);
      expect(run.output).toContain('Granted a credit');
      expect(run.exitCode).toBe(0);
      expect(await readdir(folder)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
