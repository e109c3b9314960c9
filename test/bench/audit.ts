import { hashLeaf } from '#audit';
import { connectEventStore, type EventStoreReader, type RecordedEvent } from '#event-store';
import { canonicalJson, defaultLedgerPrefix } from '#kernel';
import { sealedLeafOf } from '../../apps/daybook/src/audit/sealed-leaf.js';
import { verifyLedger } from '../../apps/daybook/src/audit/verify-ledger.js';
import { corpusOf, writeCorpus } from './corpus.js';
import { type CaseResult, caseResult, measured, type Measurement } from './measure.js';
import { startTemporaryEventStore } from './stores.js';

/**
 * A full verification of a store against hashing alone: SHA-256 over the canonical bytes of the same
 * events, one leaf hash an event, with all bytes in memory already. What lies between the two is
 * reading the store, parsing and canonicalising, which the other cases take apart.
 */
export async function benchAudit(
  events: number,
  runs: number,
  progress: (line: string) => void,
): Promise<readonly CaseResult[]> {
  const node = await startTemporaryEventStore();
  try {
    progress(`audit: writing ${events} events`);
    const corpus = corpusOf(events);
    const writing = connectEventStore({ connectionString: node.connectionString });
    await writeCorpus(writing, corpus);
    await writing.close();
    const store = connectEventStore({ connectionString: node.connectionString, access: 'read' });
    const cases = new Map<string, Pair[]>();
    for (let run = 1; run <= runs; run += 1) {
      progress(`audit, run ${run} of ${runs}`);
      for (const [name, pair] of await measureOnce(store, corpus.length)) {
        cases.set(name, [...(cases.get(name) ?? []), pair]);
      }
    }
    await store.close();
    return [...cases].map(([name, pairs]) => caseResult(name, corpus.length, pairs));
  } finally {
    await node.stop();
  }
}

interface Pair {
  readonly value: Measurement;
  readonly floor: Measurement;
}

async function measureOnce(
  store: EventStoreReader,
  events: number,
): Promise<readonly (readonly [string, Pair])[]> {
  const request = { streamPrefix: defaultLedgerPrefix, after: 'start' } as const;
  const verifying = await measured(async () => {
    const report = await verifyLedger({ store, prefix: defaultLedgerPrefix, seals: [] });
    if (report.outcome !== 'sound' || report.events !== events) {
      throw new Error(`${report.outcome}: ${report.events} of ${events} events.`);
    }
  });
  const read: RecordedEvent[] = [];
  const reading = await measured(async () => {
    for await (const event of store.readAll(request)) read.push(event);
  });
  const leaves: Buffer[] = [];
  const canonicalising = await measured(async () => {
    for (const event of read) {
      leaves.push(Buffer.from(canonicalJson(sealedLeafOf(event, defaultLedgerPrefix))));
    }
  });
  const floor = await measured(async () => {
    for (const leaf of leaves) hashLeaf(leaf);
  });
  return [
    ['audit verify', { value: verifying, floor }],
    ['of it: reading', { value: reading, floor }],
    ['of it: canonical bytes', { value: canonicalising, floor }],
  ];
}
