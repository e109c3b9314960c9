import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Configuration, readConfiguration } from './configuration.js';
import { defaultDataDirectory } from './defaults.js';
import { settingNames } from './settings-file.js';

const root = join(import.meta.dirname, '../../../..');

/** The rows of the README's tables whose first cell is code, with their second. */
const listed = new Map(
  readFileSync(join(root, 'README.md'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, name, otherwise] = /^\| `([A-Za-z_]+)` +\| ([^|]*?) *\|/.exec(line) ?? [];
      return name === undefined || otherwise === undefined ? [] : [[name, otherwise] as const];
    }),
);
const isVariable = (name: string): boolean => /^[A-Z_]+$/.test(name);

/** Every variable that the program names in its source. */
function variablesRead(): ReadonlySet<string> {
  const named = new Set<string>();
  for (const folder of ['apps', 'libs']) {
    for (const file of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts') || file.endsWith('.spec.ts')) continue;
      const text = readFileSync(join(root, folder, file), 'utf8');
      for (const [, name] of text.matchAll(/'((?:DAYBOOK|DATABASE|EVENTSTORE)_[A-Z_]+)'/g)) {
        if (name !== undefined) named.add(name);
      }
    }
  }
  return named;
}

function configurationWithout(): Configuration {
  const outcome = readConfiguration({
    options: {},
    environment: {},
    workingDirectory: '/nowhere',
  });
  if (outcome.outcome === 'refused') throw new Error(JSON.stringify(outcome.problems));
  return outcome.configuration;
}

describe('the tables of settings in the README', () => {
  it('list every variable the program reads, and no other', () => {
    expect([...listed.keys()].filter(isVariable).sort()).toEqual([...variablesRead()].sort());
  });

  it('list every setting of daybook.json, and no other', () => {
    const settings = [...listed.keys()].filter((name) => !isVariable(name));
    expect(settings).toEqual([...settingNames]);
  });

  it('say what holds where a variable is not set', () => {
    const { port, health, parkedKeysMax, quarantineRetentionDays, seals, ...rest } =
      configurationWithout();
    const numbers = {
      DAYBOOK_PORT: port,
      DAYBOOK_STALL_SECONDS: health.stallSeconds,
      DAYBOOK_VERIFY_HOURS: health.verifyHours,
      DAYBOOK_PARKED_KEYS_MAX: parkedKeysMax,
      DAYBOOK_QUARANTINE_RETENTION_DAYS: quarantineRetentionDays,
      DAYBOOK_SEAL_INTERVAL_MINUTES: seals.intervalMinutes,
    };
    const inCode = [...listed].filter(
      ([name, otherwise]) => isVariable(name) && /^`\d+`$/.test(otherwise),
    );
    expect(Object.fromEntries(inCode)).toEqual(
      Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, `\`${value}\``])),
    );
    expect(listed.get('DAYBOOK_DATA')).toBe(`\`${defaultDataDirectory}\``);
    // Of all others the table says that they are none, made or embedded.
    expect(Object.keys(rest).sort()).toEqual(['dataDirectory', 'referenceData']);
    expect(Object.keys(seals).sort()).toEqual(['intervalMinutes', 'places']);
  });
});
