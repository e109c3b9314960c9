import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { median } from '../measure.js';
import { fillNode } from './fast-fill.js';
import { NodeProcess } from './node-process.js';

/** How long a node takes to open a filled folder, and what it then holds. */
export interface Reopening {
  readonly events: number;
  /** After the node was stopped, and after its process was killed. */
  readonly stoppedSeconds: number;
  readonly killedSeconds: number;
  readonly residentBytes: number;
}

/** Fills a folder of its own and opens it again and again. */
export async function measureReopening(
  parentDirectory: string,
  events: number,
  runs: number,
): Promise<Reopening> {
  const directory = await mkdtemp(join(parentDirectory, 'reopen-'));
  const stoppedSeconds: number[] = [];
  const killedSeconds: number[] = [];
  const residentBytes: number[] = [];
  try {
    const filled = await NodeProcess.start('embedded-node', { directory });
    await fillNode(filled.connectionString, 'fill', events);
    await filled.stop();
    for (let run = 0; run < runs; run += 1) {
      const afterStop = await NodeProcess.start('embedded-node', { directory });
      stoppedSeconds.push(afterStop.openedSeconds);
      residentBytes.push((await afterStop.usage()).residentBytes);
      await fillNode(afterStop.connectionString, `run-${run}`, 10);
      await afterStop.kill();
      const afterKill = await NodeProcess.start('embedded-node', { directory });
      killedSeconds.push(afterKill.openedSeconds);
      await afterKill.stop();
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return {
    events,
    stoppedSeconds: median(stoppedSeconds),
    killedSeconds: median(killedSeconds),
    residentBytes: median(residentBytes),
  };
}
