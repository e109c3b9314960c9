import { EventStoreDBClient, jsonEvent, NO_STREAM } from '@eventstore/db-client';
import { connectEventStore } from '#event-store';
import { type CorpusEvent, corpusOf } from './corpus.js';
import { type CaseResult, caseResult, measured, type Measurement } from './measure.js';
import { startTemporaryEventStore } from './stores.js';

/** One append of one event; the streams are all new, so that both sides do the same. */
type AppendOne = (stream: string, event: CorpusEvent['event']) => Promise<void>;

/**
 * Appends through Daybook's adapter against the bare client, each on a fresh durable store with the
 * same events, one at a time and 32 in flight.
 */
export async function benchAppend(
  events: number,
  runs: number,
  progress: (line: string) => void,
): Promise<readonly CaseResult[]> {
  const corpus = corpusOf(events);
  const results: CaseResult[] = [];
  for (const inFlight of [1, 32]) {
    const pairs: { value: Measurement; floor: Measurement }[] = [];
    for (let run = 1; run <= runs; run += 1) {
      progress(`append, ${inFlight} in flight, run ${run} of ${runs}`);
      const value = await withAdapter((append) => appendAll(corpus, inFlight, append));
      const floor = await withBareClient((append) => appendAll(corpus, inFlight, append));
      pairs.push({ value, floor });
    }
    results.push(caseResult(`append, ${inFlight} in flight`, corpus.length, pairs));
  }
  return results;
}

async function appendAll(
  corpus: readonly CorpusEvent[],
  inFlight: number,
  append: AppendOne,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < corpus.length; index = next++) {
      const item = corpus[index];
      if (item) await append(`${item.stream}.${index}`, item.event);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
}

async function withAdapter(work: (append: AppendOne) => Promise<void>): Promise<Measurement> {
  const node = await startTemporaryEventStore();
  const store = connectEventStore({ connectionString: node.connectionString });
  const result = await measured(() =>
    work(async (stream, event) => {
      const request = { stream, expectedRevision: 'no_stream', events: [event] } as const;
      const { outcome } = await store.append(request);
      if (outcome !== 'appended') throw new Error(`${stream} was not appended: ${outcome}`);
    }),
  );
  await store.close();
  await node.stop();
  return result;
}

async function withBareClient(work: (append: AppendOne) => Promise<void>): Promise<Measurement> {
  const node = await startTemporaryEventStore();
  const client = EventStoreDBClient.connectionString`${node.connectionString}`;
  const result = await measured(() =>
    work(async (stream, { eventId: id, type, data, metadata }) => {
      const event = jsonEvent({ id, type, data: { ...data }, metadata: { ...metadata } });
      await client.appendToStream(stream, event, { expectedRevision: NO_STREAM });
    }),
  );
  await client.dispose();
  await node.stop();
  return result;
}
