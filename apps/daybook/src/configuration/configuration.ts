import { resolve } from 'node:path';
import type { ReferenceData } from '#domain';
import type { ConfigurationProblem } from './configuration-problem.js';
import { defaultDataDirectory, defaultPort } from './defaults.js';
import { type HealthSettings, readHealthSettings } from './health-settings.js';
import { readParkedKeysMax } from './parking-settings.js';
import { readSealSettings, type SealSettings } from './seal-settings.js';
import { readSettingsFile } from './settings-file.js';

const portMax = 65_535;
const quarantineRetentionDaysDefault = 90;
const quarantineRetentionDaysMax = 3_650;

/** All that Daybook is told before it starts; frozen, and complete once it exists. */
export interface Configuration {
  /** Absolute. Everything Daybook keeps on this machine lies below it. */
  readonly dataDirectory: string;
  /** `esdb://…` of an EventStoreDB; the embedded one is started where it is absent. */
  readonly eventStoreUrl?: string;
  /** `postgres://…` of a PostgreSQL; the embedded one is started where it is absent. */
  readonly databaseUrl?: string;
  /** The same database past a pooler, for a session that LISTENs; `databaseUrl` where it is absent. */
  readonly databaseDirectUrl?: string;
  /** The file of the key-encryption key; one in the data directory is made where it is absent. */
  readonly keyFile?: string;
  /** On 127.0.0.1; 0 asks for any free one. */
  readonly port: number;
  readonly referenceData: ReferenceData;
  readonly seals: SealSettings;
  readonly health: HealthSettings;
  /** So many keys may be parked; one more stops the projector. */
  readonly parkedKeysMax: number;
  /** How long the bytes of a quarantined delivery are kept once somebody was done with it. */
  readonly quarantineRetentionDays: number;
}

/** What a caller sets for one run; it goes before the environment. */
export interface ConfigurationOptions {
  readonly data?: string;
  readonly port?: number | string;
}

export interface ConfigurationSources {
  readonly options: ConfigurationOptions;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Relative paths and the optional `daybook.json` are looked for here. */
  readonly workingDirectory: string;
}

export type ConfigurationOutcome =
  | { readonly outcome: 'configured'; readonly configuration: Configuration }
  | { readonly outcome: 'refused'; readonly problems: readonly ConfigurationProblem[] };

/** Reads everything that configures a run, and reports all that is wrong with it at once. */
export function readConfiguration(sources: ConfigurationSources): ConfigurationOutcome {
  const { options, environment, workingDirectory } = sources;
  const problems: ConfigurationProblem[] = [];
  const port = readPort(options, environment, problems);
  const eventStoreUrl = readUrl(environment, 'EVENTSTORE_URL', eventStoreSchemes, problems);
  const databaseUrl = readUrl(environment, 'DATABASE_URL', databaseSchemes, problems);
  const databaseDirectUrl = readUrl(environment, 'DATABASE_DIRECT_URL', databaseSchemes, problems);
  const keyFile = setting(environment, 'DAYBOOK_KEY_FILE');
  const data = options.data ?? setting(environment, 'DAYBOOK_DATA') ?? defaultDataDirectory;
  const referenceData = readSettingsFile(resolve(workingDirectory, 'daybook.json'), problems);
  const seals = readSealSettings((name) => setting(environment, name), workingDirectory, problems);
  const health = readHealthSettings((name) => setting(environment, name), problems);
  const parkedKeysMax = readParkedKeysMax((name) => setting(environment, name), problems);
  const quarantineRetentionDays = readRetentionDays(environment, problems);
  if (problems.length > 0) return { outcome: 'refused', problems };
  return {
    outcome: 'configured',
    configuration: Object.freeze({
      dataDirectory: resolve(workingDirectory, data),
      ...(eventStoreUrl === undefined ? {} : { eventStoreUrl }),
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      ...(databaseDirectUrl === undefined ? {} : { databaseDirectUrl }),
      ...(keyFile === undefined ? {} : { keyFile: resolve(workingDirectory, keyFile) }),
      port,
      referenceData,
      seals,
      health,
      parkedKeysMax,
      quarantineRetentionDays,
    }),
  };
}

const eventStoreSchemes = ['esdb:', 'esdb+discover:'];
const databaseSchemes = ['postgres:', 'postgresql:'];

type Environment = ConfigurationSources['environment'];

/** An empty variable is one that is not set: `DATABASE_URL= daybook serve` unsets it. */
function setting(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
}

function readPort(
  options: ConfigurationOptions,
  environment: Environment,
  problems: ConfigurationProblem[],
): number {
  const fromOption = options.port !== undefined;
  const text = String(options.port ?? setting(environment, 'DAYBOOK_PORT') ?? defaultPort);
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= portMax) return port;
  problems.push({
    setting: fromOption ? '--port' : 'DAYBOOK_PORT',
    message: `"${text}" is no port: give a whole number from 0 (any free one) to ${portMax}.`,
  });
  return defaultPort;
}

function readRetentionDays(environment: Environment, problems: ConfigurationProblem[]): number {
  const name = 'DAYBOOK_QUARANTINE_RETENTION_DAYS';
  const text = setting(environment, name) ?? String(quarantineRetentionDaysDefault);
  const days = Number(text);
  if (/^\d{1,4}$/.test(text) && days <= quarantineRetentionDaysMax) return days;
  problems.push({
    setting: name,
    message: `"${text}" is no number of days: give a whole number from 0 to ${quarantineRetentionDaysMax}.`,
  });
  return quarantineRetentionDaysDefault;
}

/** The value itself is never repeated in a message, since it may hold a password. */
function readUrl(
  environment: Environment,
  name: string,
  schemes: readonly string[],
  problems: ConfigurationProblem[],
): string | undefined {
  const value = setting(environment, name);
  if (value === undefined) return undefined;
  const scheme = value.slice(0, value.indexOf(':') + 1);
  if (schemes.includes(scheme) && value.startsWith(`${scheme}//`)) return value;
  problems.push({
    setting: name,
    message: `is no connection string: it must begin with ${schemes.map((each) => `${each}//`).join(' or ')}.`,
  });
  return undefined;
}
