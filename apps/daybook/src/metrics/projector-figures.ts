import type { Counter } from 'prom-client';
import type { ProjectorStatuses } from '../roles/projector-statuses.js';
import type { MetricRegistry } from './metric-registry.js';

/** Tells what the projectors of this process say, and of the one that writes a generation how it is. */
export function tellProjectors(
  registry: MetricRegistry,
  projectors: ProjectorStatuses,
  generation: number | undefined,
): void {
  const retries = projectors.all.reduce((sum, status) => sum + status.retries, 0);
  raise(registry.projectorRetries, retries);
  const status = generation === undefined ? undefined : projectors.of(generation);
  if (status === undefined) return;
  registry.projectorHolds.set(status.holds ? 1 : 0);
  registry.projectorSilentSeconds.set(status.silentMilliseconds / 1_000);
  registry.projectionEventsPerSecond.set(status.progress?.eventsPerSecond ?? 0);
  const batch = status.progress?.lastBatch;
  if (batch === undefined) return;
  registry.projectionBatchEvents.set(batch.events);
  registry.projectionBatchSeconds.set({ step: 'fold' }, batch.foldMilliseconds / 1_000);
  registry.projectionBatchSeconds.set({ step: 'write' }, batch.writeMilliseconds / 1_000);
}

/** A counter whose count is kept elsewhere. */
export function raise(counter: Counter, to: number): void {
  counter.reset();
  counter.inc(to);
}
