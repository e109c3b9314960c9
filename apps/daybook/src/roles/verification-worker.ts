import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import type { Pool } from 'pg';
import { connectEventStore } from '#event-store';
import { keepVerification, verifySums } from '#projection-engine';
import { daybookGroup } from '#projections';
import { openPool } from '../composition/database-pool.js';
import { ledgerReading } from '../composition/ledger-reading.js';
import { messageOf } from '../composition/start-error.js';
import { createLogger } from '../logging/logger.js';
import type { VerificationEnd, VerificationStart } from './verification-messages.js';

/* The entry of the thread that compares sums, so that no request waits for a reading of the store. */

const port = parentPort;
if (port === null) throw new Error('A scheduled verification runs in a thread of its own.');

const connectionsMax = 2;
const stopping = new AbortController();
port.on('message', () => stopping.abort());

// Sums depend on no reference data, and so neither does what is compared.
const group = daybookGroup({ accounts: {}, legalEntities: {}, authority: [] });

async function compare(start: VerificationStart, pool: Pool): Promise<VerificationEnd> {
  const store = connectEventStore({ connectionString: start.eventStoreUrl, access: 'read' });
  const from = performance.now();
  let events = 0;
  const ended = (outcome: VerificationEnd['outcome'], message: string): VerificationEnd => {
    return { mode: 'sums', outcome, seconds: (performance.now() - from) / 1_000, events, message };
  };
  try {
    const compared = await verifySums({
      ...ledgerReading,
      store,
      pool,
      definition: group,
      signal: stopping.signal,
      progress: (progress) => {
        if (progress.phase === 'reading') ({ events } = progress);
      },
    });
    if (compared.outcome === 'refused') return ended('refused', compared.message);
    if (compared.outcome === 'equal') return ended('equal', '');
    const names = compared.categories.map(({ category }) => category).join(', ');
    const [first] = compared.events;
    const named =
      first === undefined ? '' : `, such as ${first.kind} ${first.eventId} of ${first.leaf}`;
    return ended(
      'different',
      `${compared.applied.events} events applied and ${compared.stored.events} in the store; ` +
        `categories that differ: ${names || 'none'}${named}. Run: daybook verify --full`,
    );
  } catch (error) {
    return ended('failed', messageOf(error));
  } finally {
    await store.close();
  }
}

/** Of several processes that serve one ledger, one is enough. */
async function compareAlone(start: VerificationStart): Promise<void> {
  const logger = createLogger(start.logLevel);
  const { databaseUrl: connectionString } = start;
  const pool = openPool({ connectionString, name: 'daybook verification', connectionsMax }, logger);
  try {
    const client = await pool.connect();
    const lock = "hashtextextended('daybook scheduled verification', 0)";
    const { rows } = await client.query<{ isOurs: boolean }>(
      `SELECT pg_try_advisory_lock(${lock}) AS "isOurs"`,
    );
    if (rows[0]?.isOurs === true) {
      const end = await compare(start, pool);
      if (!stopping.signal.aborted) {
        await keepVerification(pool, group.name, end);
        port?.postMessage(end);
      }
    }
    // With the session goes its lock.
    client.release(true);
  } finally {
    await pool.end();
  }
}

try {
  await compareAlone(workerData as VerificationStart);
} finally {
  // The port alone would keep the thread alive.
  port.close();
}
