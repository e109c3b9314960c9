import { readFileSync } from 'node:fs';
import { channels } from '#channels';
import { isEventType } from '#events';
import { isDate, isInstant, isZone } from '#kernel';
import type { AuthorityRule, ReferenceData } from '#domain';
import type { ConfigurationProblem } from './configuration-problem.js';

/** The zones of channels whose sources write local times without one. */
const declaredAccounts: ReferenceData['accounts'] = Object.fromEntries(
  channels.map(({ registration: { account, zone } }) => [account, { zone }]),
);
const declaredLegalEntities: ReferenceData['legalEntities'] = Object.fromEntries(
  channels.map(({ registration: { legalEntity, zone } }) => [legalEntity, { zone }]),
);

/** What `daybook.json` may hold. */
export const settingNames = ['accounts', 'legalEntities', 'authority'] as const;

const accountPattern = /^[a-z0-9][a-z0-9_.]{0,62}$/;
const rankMax = 1_000;

/**
 * Reads the reference data of `daybook.json`: `accounts` and `legalEntities` with their `zone`, and
 * `authority` as a list of `{eventType, account, rank}`, each from `validFrom` on and for one
 * `legalEntity` or `channel` where it says so. The file and each of its parts may be absent.
 */
export function readSettingsFile(path: string, problems: ConfigurationProblem[]): ReferenceData {
  const report: Report = (field, message) => {
    problems.push({ setting: field === '' ? path : `${path}: ${field}`, message });
  };
  const settings = parseSettings(path, report);
  for (const name of Object.keys(settings)) {
    if (!(settingNames as readonly string[]).includes(name)) {
      report(name, 'is no setting: there are accounts, legalEntities and authority.');
    }
  }
  const accounts = readZones(settings['accounts'], 'accounts', report);
  for (const account of Object.keys(accounts)) {
    if (!accountPattern.test(account)) {
      report(`accounts.${account}`, `is no account: it must match ${accountPattern.source}.`);
    }
  }
  return Object.freeze({
    accounts: Object.freeze({ ...declaredAccounts, ...accounts }),
    legalEntities: Object.freeze({
      ...declaredLegalEntities,
      ...readZones(settings['legalEntities'], 'legalEntities', report),
    }),
    authority: Object.freeze(readAuthority(settings['authority'], report)),
  });
}

type Report = (field: string, message: string) => void;
type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseSettings(path: string, report: Report): JsonObject {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (!isAbsent(error)) report('', `cannot be read: ${(error as Error).message}`);
    return {};
  }
  try {
    const settings: unknown = JSON.parse(text);
    if (isObject(settings)) return settings;
    report('', 'must hold one JSON object.');
  } catch (error) {
    report('', `is not JSON: ${(error as Error).message}`);
  }
  return {};
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function readZones(
  value: unknown,
  field: string,
  report: Report,
): Record<string, { readonly zone: string }> {
  if (value === undefined) return {};
  if (!isObject(value)) {
    report(field, 'must be an object of names, each with {"zone": …}.');
    return {};
  }
  const zones: Record<string, { readonly zone: string }> = {};
  for (const [name, entry] of Object.entries(value)) {
    const { zone, ...rest } = isObject(entry) ? entry : {};
    if (typeof zone === 'string' && isZone(zone)) zones[name] = Object.freeze({ zone });
    else report(`${field}.${name}.zone`, 'must be an IANA time zone such as "Europe/Berlin".');
    for (const unknown of Object.keys(rest)) {
      report(`${field}.${name}.${unknown}`, 'is no setting: there is only zone.');
    }
  }
  return zones;
}

function readAuthority(value: unknown, report: Report): AuthorityRule[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    report('authority', 'must be a list of {"eventType", "account", "rank"}.');
    return [];
  }
  return value.flatMap((entry: unknown, index) => {
    const rule = readAuthorityRule(entry, `authority.${index}`, report);
    return rule === undefined ? [] : [rule];
  });
}

function readAuthorityRule(
  entry: unknown,
  field: string,
  report: Report,
): AuthorityRule | undefined {
  const { eventType, account, rank, validFrom, legalEntity, channel, ...rest } = isObject(entry)
    ? entry
    : {};
  for (const unknown of Object.keys(rest)) report(`${field}.${unknown}`, 'is no setting.');
  if (typeof eventType !== 'string' || !isEventType(eventType)) {
    report(`${field}.eventType`, 'must be an event type such as "StockIssued".');
  } else if (typeof account !== 'string' || !accountPattern.test(account)) {
    report(`${field}.account`, `must be an account: ${accountPattern.source}.`);
  } else if (typeof rank !== 'number' || !Number.isInteger(rank) || rank < 0 || rank > rankMax) {
    report(`${field}.rank`, `must be a whole number from 0 (the best) to ${rankMax}.`);
  } else {
    const limits = readRuleLimits({ validFrom, legalEntity, channel }, field, report);
    return limits && Object.freeze({ eventType, account, rank, ...limits });
  }
  return undefined;
}

type RuleLimits = Pick<AuthorityRule, 'validFrom' | 'legalEntity' | 'channel'>;

/** Since when a rule holds, and for what; undefined where one of them is no such thing. */
function readRuleLimits(
  limits: Readonly<Record<keyof RuleLimits, unknown>>,
  field: string,
  report: Report,
): RuleLimits | undefined {
  const { validFrom } = limits;
  if (validFrom !== undefined && !isDayOrInstant(validFrom)) {
    const message =
      'must be a day such as "2026-03-01", or an instant such as "2026-03-01T00:00:00.000Z".';
    report(`${field}.validFrom`, message);
    return undefined;
  }
  const wrong = (['legalEntity', 'channel'] as const).find(
    (name) =>
      limits[name] !== undefined && (typeof limits[name] !== 'string' || limits[name] === ''),
  );
  if (wrong !== undefined) {
    report(`${field}.${wrong}`, 'must be text, or absent.');
    return undefined;
  }
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}

function isDayOrInstant(value: unknown): boolean {
  return typeof value === 'string' && (isDate(value) || isInstant(value));
}
