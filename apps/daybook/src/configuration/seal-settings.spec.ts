import { describe, expect, it } from 'vitest';
import type { ConfigurationProblem } from './configuration-problem.js';
import { readSealSettings } from './seal-settings.js';

function read(environment: Readonly<Record<string, string>>) {
  const problems: ConfigurationProblem[] = [];
  const settings = readSealSettings((name) => environment[name], '/ledger', problems);
  return { settings, problems: problems.map(({ setting }) => setting) };
}

describe('the settings of seals', () => {
  it('name no place and an hour where nothing is set', () => {
    expect(read({})).toEqual({ settings: { places: [], intervalMinutes: 60 }, problems: [] });
  });
  it('name a folder, an address and how often', () => {
    const { settings, problems } = read({
      DAYBOOK_SEAL_DIRECTORY: '../seals',
      DAYBOOK_SEAL_URL: 'https://seals.example/log',
      DAYBOOK_SEAL_INTERVAL_MINUTES: '5',
      DAYBOOK_SEAL_TOKEN_FILE: 'token',
    });
    expect(problems).toEqual([]);
    expect(settings).toEqual({
      places: ['/seals', 'https://seals.example/log'],
      intervalMinutes: 5,
      tokenFile: '/ledger/token',
    });
  });
  it('are refused, all that is wrong at once', () => {
    const { problems } = read({
      DAYBOOK_SEAL_URL: 'ftp://seals.example',
      DAYBOOK_SEAL_INTERVAL_MINUTES: '0',
      DAYBOOK_SEAL_TOKEN: 'a',
      DAYBOOK_SEAL_TOKEN_FILE: 'b',
    });
    expect(problems).toEqual([
      'DAYBOOK_SEAL_INTERVAL_MINUTES',
      'DAYBOOK_SEAL_URL',
      'DAYBOOK_SEAL_TOKEN',
    ]);
  });
});
