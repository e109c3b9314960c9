import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchAppend } from './append.js';
import { benchAudit } from './audit.js';
import { benchTable } from './eventstore/bench-row.js';
import { benchEventStore } from './eventstore.js';
import type { CaseResult } from './measure.js';
import { benchFreshness } from './freshness.js';
import { benchIngest } from './ingest.js';
import { benchMemory } from './memory.js';
import { benchQuery } from './query.js';
import { benchReplay } from './replay.js';
import { latencyLine } from './serving/latencies.js';

interface BenchOptions {
  readonly events: number;
  readonly runs: number;
  readonly only: string | undefined;
  readonly profileDirectory: string | undefined;
  readonly progress: (line: string) => void;
}

interface BenchReport {
  readonly lines: readonly string[];
  readonly results: readonly object[];
}

interface Bench {
  readonly run: (options: BenchOptions) => Promise<BenchReport>;
  /** Unless `--events` says otherwise. */
  readonly events: number;
  /** What `--events` must be a multiple of. */
  readonly eventsMultiple?: number;
}

const benches: Readonly<Record<string, Bench>> = {
  append: { run: inPairs(benchAppend), events: 10_000 },
  audit: { run: inPairs(benchAudit), events: 100_000 },
  eventstore: { run: benchEmbeddedStore, events: 100_000, eventsMultiple: 2_000 },
  freshness: { run: benchLatencies, events: 6_000 },
  ingest: { run: inPairs(benchIngest), events: 20_000 },
  memory: {
    run: ({ events, progress }) => benchMemory(events, progress),
    events: 300_000,
  },
  query: { run: benchQueries, events: 100_000 },
  replay: { run: inPairs(benchReplay), events: 50_000 },
};

const usage = `Usage: npm run bench -- <append|audit|eventstore|freshness|ingest|memory|query|replay> [--events <count>] [--runs <count>] [--json]

Each run takes the value and its floor in turn, on the same pinned corpus.
  append      Daybook's store adapter against the bare EventStoreDB client
  audit       a full verification against hashing the same canonical bytes in memory
  eventstore  the embedded event store against nodes that do less, and the server at EVENTSTORE_URL
              --only <text>          the cases whose names hold it
              --profile <directory>  where the node leaves its CPU profile
  freshness   from the acknowledgement of a write to its reading in another process
  ingest      facts through HTTP until they are durable, against the same server that checks nothing
  memory      the memory of a projector that builds from a tenth of the events and from all of them
  query       timelines at 300 a second against the same route without a database
  replay      a rebuild of all read models against reading the events and copying the same rows
Progress goes to standard error; with --json the last line is one object.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      events: { type: 'string' },
      runs: { type: 'string', default: '3' },
      only: { type: 'string' },
      profile: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const name = positionals[0] ?? '';
  const bench = benches[name];
  const events = Number(values.events ?? bench?.events);
  const runs = Number(values.runs);
  if (!bench || !isCount(events) || !isCount(runs)) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  const { eventsMultiple = 1 } = bench;
  if (events % eventsMultiple !== 0) {
    console.error(`--events is ${events}, but ${name} takes a multiple of ${eventsMultiple}.`);
    process.exitCode = 2;
    return;
  }
  const { only, profile: profileDirectory } = values;
  const progress = (line: string): void => console.error(line);
  const { lines, results } = await bench.run({ events, runs, only, profileDirectory, progress });
  for (const line of lines) console.log(line);
  if (values.json) console.log(JSON.stringify({ name, machine: machine(), runs, results }));
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}

/** A bench whose every case has one value and one floor, taken in turn. */
function inPairs(
  measure: (
    events: number,
    runs: number,
    progress: (line: string) => void,
  ) => Promise<readonly CaseResult[]>,
): Bench['run'] {
  return async ({ events, runs, progress }) => {
    const results = await measure(events, runs, progress);
    return { lines: results.map(lineOf), results };
  };
}

async function benchEmbeddedStore(options: BenchOptions): Promise<BenchReport> {
  const otherConnectionString = process.env['EVENTSTORE_URL'];
  const results = await benchEventStore({ ...options, otherConnectionString });
  return { lines: benchTable(results), results };
}

async function benchLatencies({ events, runs, progress }: BenchOptions): Promise<BenchReport> {
  const results = await benchFreshness(events, runs, progress);
  return { lines: results.map(latencyLine), results };
}

async function benchQueries({ events, runs, progress }: BenchOptions): Promise<BenchReport> {
  const result = await benchQuery(events, runs, progress);
  const { orders, latencies, ratio } = result;
  const lines = [...latencies.map(latencyLine), `${orders} orders, ratio of p99: ${ratio}`];
  return { lines, results: [result] };
}

function machine() {
  const [first] = cpus();
  return {
    processor: first?.model ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}

function lineOf(result: CaseResult): string {
  const [least, greatest] = result.spread;
  return [
    result.case.padEnd(22),
    `${result.value} ${result.unit} (${least} to ${greatest})`.padEnd(44),
    `floor ${result.floor}`.padEnd(18),
    `ratio ${result.ratio}`.padEnd(14),
    `${result.cpuMicrosPerEvent} µs CPU an event`,
  ].join('  ');
}

await main();
