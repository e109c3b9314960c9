import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConfigurationProblem } from './configuration-problem.js';
import { type Configuration, readConfiguration } from './configuration.js';

let workingDirectory: string;

beforeEach(() => {
  workingDirectory = mkdtempSync(join(tmpdir(), 'daybook-configuration-'));
});

afterEach(() => {
  rmSync(workingDirectory, { recursive: true });
});

function givenSettings(settings: unknown): void {
  const text = typeof settings === 'string' ? settings : JSON.stringify(settings);
  writeFileSync(join(workingDirectory, 'daybook.json'), text);
}

function configured(
  environment: Record<string, string> = {},
  options: { data?: string; port?: number } = {},
): Configuration {
  const read = readConfiguration({ options, environment, workingDirectory });
  if (read.outcome === 'refused') throw new Error(JSON.stringify(read.problems));
  return read.configuration;
}

function refused(environment: Record<string, string> = {}): readonly ConfigurationProblem[] {
  const read = readConfiguration({ options: {}, environment, workingDirectory });
  if (read.outcome === 'configured') throw new Error('It was accepted.');
  return read.problems;
}

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    const configuration = configured();
    expect(configuration.port).toBe(2850);
    expect(configuration.dataDirectory).toBe(join(workingDirectory, '.daybook'));
    expect(configuration).not.toHaveProperty('eventStoreUrl');
    expect(configuration).not.toHaveProperty('databaseUrl');
    expect(configuration.referenceData.accounts).toEqual({
      olist: { zone: 'America/Sao_Paulo' },
      online_retail: { zone: 'Europe/London' },
    });
  });

  it('takes the environment, and an option before it', () => {
    const environment = {
      EVENTSTORE_URL: 'esdb://store:2113?tls=false',
      DATABASE_URL: 'postgres://daybook:secret@database/daybook',
      DAYBOOK_DATA: 'ledger',
      DAYBOOK_PORT: '3000',
      DAYBOOK_KEY_FILE: '/run/secrets/key',
    };
    expect(configured(environment, { port: 0 })).toMatchObject({
      eventStoreUrl: environment.EVENTSTORE_URL,
      databaseUrl: environment.DATABASE_URL,
      dataDirectory: join(workingDirectory, 'ledger'),
      keyFile: '/run/secrets/key',
      port: 0,
    });
    expect(configured(environment).port).toBe(3000);
  });

  it('takes an empty variable for one that is not set', () => {
    expect(configured({ DATABASE_URL: '', DAYBOOK_PORT: ' ' }).port).toBe(2850);
  });

  it('reads zones and authority ranks, and keeps the declared accounts', () => {
    givenSettings({
      accounts: { 'shopify.store_eu': { zone: 'Europe/Berlin' } },
      legalEntities: { 'entity-us': { zone: 'America/New_York' } },
      authority: [{ eventType: 'StockIssued', account: 'wms.main', rank: 0 }],
    });
    expect(configured().referenceData).toEqual({
      accounts: {
        olist: { zone: 'America/Sao_Paulo' },
        online_retail: { zone: 'Europe/London' },
        'shopify.store_eu': { zone: 'Europe/Berlin' },
      },
      legalEntities: {
        olist_br: { zone: 'America/Sao_Paulo' },
        online_retail_gb: { zone: 'Europe/London' },
        'entity-us': { zone: 'America/New_York' },
      },
      authority: [{ eventType: 'StockIssued', account: 'wms.main', rank: 0 }],
    });
  });

  it('cannot be changed once it exists', () => {
    const configuration = configured();
    expect(Object.isFrozen(configuration)).toBe(true);
    expect(Object.isFrozen(configuration.referenceData)).toBe(true);
    expect(Object.isFrozen(configuration.referenceData.accounts)).toBe(true);
  });

  it('lists every problem at once', () => {
    givenSettings({
      accounts: { Shopify: { zone: 'UTC' }, till: { zone: 'Mars/Olympus' } },
      legalEntities: { 'entity-us': { zone: 'America/New_York', currency: 'USD' } },
      authority: [{ eventType: 'StockVanished', account: 'wms', rank: 0 }],
      retention: 30,
    });
    const settings = refused({ DAYBOOK_PORT: '65536', EVENTSTORE_URL: 'kurrentdb://store' }).map(
      ({ setting }) => setting.replace(join(workingDirectory, 'daybook.json'), 'daybook.json'),
    );
    expect(settings).toEqual([
      'DAYBOOK_PORT',
      'EVENTSTORE_URL',
      'daybook.json: retention',
      'daybook.json: accounts.till.zone',
      'daybook.json: accounts.Shopify',
      'daybook.json: legalEntities.entity-us.currency',
      'daybook.json: authority.0.eventType',
    ]);
  });

  it.each(['-1', '1e3', '65536', 'http', '28.50'])('refuses the port %s', (port) => {
    expect(refused({ DAYBOOK_PORT: port })).toMatchObject([{ setting: 'DAYBOOK_PORT' }]);
  });

  it('says that a settings file is not JSON', () => {
    givenSettings('{"accounts":');
    expect(refused()).toMatchObject([{ message: expect.stringContaining('is not JSON') }]);
  });

  it('never repeats a connection string, which may hold a password', () => {
    const problems = refused({ DATABASE_URL: 'mysql://daybook:secret@database' });
    expect(JSON.stringify(problems)).not.toContain('secret');
    expect(problems).toMatchObject([{ setting: 'DATABASE_URL' }]);
  });
});
