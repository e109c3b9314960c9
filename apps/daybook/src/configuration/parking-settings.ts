import type { ConfigurationProblem } from './configuration-problem.js';

const name = 'DAYBOOK_PARKED_KEYS_MAX';
const parkedKeysMaxDefault = 100;
const parkedKeysMaxMost = 10_000;

/** Reads DAYBOOK_PARKED_KEYS_MAX: so many keys may be parked before the projector stops instead. */
export function readParkedKeysMax(
  setting: (name: string) => string | undefined,
  problems: ConfigurationProblem[],
): number {
  const text = setting(name) ?? String(parkedKeysMaxDefault);
  const keys = Number(text);
  if (/^\d{1,5}$/.test(text) && keys >= 1 && keys <= parkedKeysMaxMost) return keys;
  problems.push({
    setting: name,
    message: `"${text}" is no number of keys: give a whole number from 1 to ${parkedKeysMaxMost}.`,
  });
  return parkedKeysMaxDefault;
}
