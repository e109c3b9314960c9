import 'reflect-metadata';
import pg from 'pg';
import { connectEventStore } from '#event-store';
import { defaultLedgerPrefix, instantFromMilliseconds } from '#kernel';
import { migrateKept } from '#migrations';
import { KeyRing, PersonalDataVault, PostgresDataKeyStore } from '#personal-data';
import { openRecorder } from '#recording';
import { startHttpApi } from '../../../apps/daybook/src/http/http-api.js';
import type { ApiParts } from '../../../apps/daybook/src/http/http-module.js';
import { KnownTail } from '../../../apps/daybook/src/http/reads/known-tail.js';
import { LedgerIdentity } from '../../../apps/daybook/src/http/reads/ledger-identity.js';
import { LedgerStreams } from '../../../apps/daybook/src/http/streams/ledger-streams.js';
import { WritePath } from '../../../apps/daybook/src/http/write-path.js';
import { createLogger } from '../../../apps/daybook/src/logging/logger.js';
import { MetricRegistry } from '../../../apps/daybook/src/metrics/metric-registry.js';

/* The program's API and write path, and nothing that projects what they record. */

const writeConnectionsMax = 10;
const [eventStoreUrl = '', databaseUrl = '', keyFile = ''] = process.argv.slice(2);

await migrateKept(databaseUrl);
const pool = new pg.Pool({ connectionString: databaseUrl, max: writeConnectionsMax });
const ring = await KeyRing.open(pool, keyFile, { create: true });
const store = connectEventStore({ connectionString: eventStoreUrl });
const recorder = openRecorder({
  store,
  pool,
  prefix: defaultLedgerPrefix,
  personalData: new PersonalDataVault(ring, new PostgresDataKeyStore(pool)),
  clock: () => instantFromMilliseconds(Date.now()),
});
const ledger = await recorder.openLedger();
if (ledger.outcome === 'refused') throw new Error(ledger.message);
const streams = new LedgerStreams(store, defaultLedgerPrefix);
const given = {
  ledger: new LedgerIdentity(ledger.ledgerId, ledger.storeId),
  streams,
  tail: new KnownTail(streams),
  writePath: new WritePath(recorder, { accounts: {}, legalEntities: {}, authority: [] }),
  metrics: { registry: new MetricRegistry() },
};
// The route that is measured asks nothing of the other parts.
const parts = new Proxy(given, {
  get: (target, name): unknown => Reflect.get(target, name) ?? {},
}) as unknown as ApiParts;
const api = await startHttpApi(parts, { port: 0, logger: createLogger('error') });
process.send?.(`http://127.0.0.1:${api.port}`);
