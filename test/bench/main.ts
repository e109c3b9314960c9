import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benchAppend } from './append.js';
import type { CaseResult } from './measure.js';
import { benchReplay } from './replay.js';

type Bench = (
  events: number,
  runs: number,
  progress: (line: string) => void,
) => Promise<readonly CaseResult[]>;

const benches: Readonly<Record<string, { readonly run: Bench; readonly events: number }>> = {
  append: { run: benchAppend, events: 10_000 },
  replay: { run: benchReplay, events: 50_000 },
};

const usage = `Usage: npm run bench -- <append|replay> [--events <count>] [--runs <count>] [--json]

Each run takes the value and its floor in turn, on the same pinned corpus.
  append   Daybook's store adapter against the bare EventStoreDB client
  replay   a rebuild of all read models against reading the events and copying the same rows
Progress goes to standard error; with --json the last line is one object.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      events: { type: 'string' },
      runs: { type: 'string', default: '3' },
      json: { type: 'boolean', default: false },
    },
  });
  const name = positionals[0] ?? '';
  const bench = benches[name];
  const events = Number(values.events ?? bench?.events);
  const runs = Number(values.runs);
  if (
    !bench ||
    !Number.isSafeInteger(events) ||
    events < 1 ||
    !Number.isSafeInteger(runs) ||
    runs < 1
  ) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  const results = await bench.run(events, runs, (line) => console.error(line));
  for (const result of results) console.log(lineOf(result));
  if (values.json) console.log(JSON.stringify({ name, machine: machine(), runs, results }));
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
