import { readdir, readFile } from 'node:fs/promises';
import type { Pool } from 'pg';

/** Linux counts CPU in hundredths of a second whatever its own clock does. */
const microsecondsPerTick = 10_000;

interface ProcessCpu {
  readonly parent: number;
  readonly ticks: number;
  /** Of those it started and that have ended. */
  readonly endedTicks: number;
}

/**
 * The CPU, in microseconds, that a PostgreSQL server on this machine took since it started, with all
 * its processes. Undefined where the system has no `/proc` to tell it.
 */
export async function postgresCpuMicroseconds(pool: Pool): Promise<number | undefined> {
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const own = await processCpu(String(rows[0]?.pid));
  const server = own && (await processCpu(String(own.parent)));
  if (own === undefined || server === undefined) return undefined;
  let ticks = server.ticks + server.endedTicks;
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const other = await processCpu(name);
    if (other?.parent === own.parent) ticks += other.ticks;
  }
  return ticks * microsecondsPerTick;
}

/** What `/proc/<pid>/stat` says, the fields counted behind the name of the program; see proc(5). */
async function processCpu(pid: string): Promise<ProcessCpu | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const field = (index: number) => Number(fields[index]);
  return {
    parent: field(1),
    ticks: field(11) + field(12),
    endedTicks: field(13) + field(14),
  };
}
