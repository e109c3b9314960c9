import { collectDefaultMetrics } from 'prom-client';
import type { EventStoreStatistics, Measured } from '#event-store';
import type { PositionWaiter } from '#projection-engine';
import type { Recorder } from '#recording';
import type { Readiness, ReadinessCheck } from '../http/health/readiness.js';
import type { ProjectorStatuses } from '../roles/projector-statuses.js';
import { MetricRegistry } from './metric-registry.js';
import { raise, tellProjectors } from './projector-figures.js';

/** Where the figures come from. */
export interface MetricSources {
  readonly readiness: ReadinessCheck;
  readonly projectors: ProjectorStatuses;
  readonly positions: PositionWaiter;
  readonly recorder: Recorder;
  readonly store: Measured;
}

/** What a running Daybook tells Prometheus: read where it is kept whenever somebody asks. */
export class Metrics {
  readonly registry = new MetricRegistry();

  constructor(private readonly sources: MetricSources) {
    collectDefaultMetrics({ register: this.registry.registry });
  }

  get contentType(): string {
    return this.registry.registry.contentType;
  }

  /** All figures as they are now, in the exposition format of Prometheus. */
  async text(): Promise<string> {
    const readiness = await this.sources.readiness.check();
    this.#tellReadiness(readiness);
    this.#tellVerification(readiness);
    const { projector } = readiness.checks;
    const generation = 'generation' in projector ? projector.generation : undefined;
    tellProjectors(this.registry, this.sources.projectors, generation);
    this.#tellRecorder();
    this.#tellStore();
    const { positionWaiters, positionListening, registry } = this.registry;
    positionWaiters.set(this.sources.positions.waiting);
    positionListening.set(this.sources.positions.isListening ? 1 : 0);
    return registry.metrics();
  }

  #tellReadiness({ checks }: Readiness): void {
    const { registry } = this;
    registry.ready.set({ check: 'event_store' }, checks.eventStore.state === 'reachable' ? 1 : 0);
    registry.ready.set({ check: 'database' }, checks.database.state === 'reachable' ? 1 : 0);
    const { projector } = checks;
    const isWell = projector.state === 'caught_up' || projector.state === 'behind';
    registry.ready.set({ check: 'projector' }, isWell ? 1 : 0);
    registry.projectionState.reset();
    registry.projectionState.set({ state: projector.state }, 1);
    // Where nothing is known, old figures must not look like new ones.
    registry.projectionEventsBehind.remove();
    registry.projectionSecondsBehind.reset();
    if (projector.state === 'failed') return;
    registry.projectionEventsBehind.set(projector.eventsBehind);
    registry.projectionSecondsBehind.set(
      { measured_from: projector.secondsMeasuredFrom },
      projector.secondsBehind,
    );
    registry.projectionUnchangedSeconds.set(projector.unchangedSeconds);
    registry.projectionAppliedEvents.set(projector.sequence);
    registry.projectionParkedKeys.set(projector.parkedKeys);
    registry.projectionEpoch.set(projector.epoch);
    registry.projectionGeneration.set(projector.generation);
  }

  #tellVerification({ verification }: Readiness): void {
    if (verification === null) return;
    const { registry } = this;
    registry.verificationFinished.set(verification.finishedAt.getTime() / 1_000);
    registry.verificationSeconds.set(verification.seconds);
    registry.verificationOutcome.reset();
    registry.verificationOutcome.set({ outcome: verification.outcome }, 1);
  }

  #tellRecorder(): void {
    const { registry } = this;
    const { counters } = this.sources.recorder;
    registry.recorderOutcomes.reset();
    registry.recorderOutcomes.inc({ outcome: 'recorded' }, counters.appended);
    for (const outcome of ['repeated', 'quarantined', 'refused', 'unavailable'] as const) {
      registry.recorderOutcomes.inc({ outcome }, counters[outcome]);
    }
    raise(registry.recorderAppends, counters.appends);
    raise(registry.recorderConflicts, counters.conflicts);
    raise(registry.recorderUnknownResolved, counters.unknownResolved);
    raise(registry.recorderOutcomesUnwritten, counters.outcomesUnwritten);
  }

  #tellStore(): void {
    const { registry, sources } = this;
    const own = sources.store.statistics();
    const feeds = sources.projectors.all.flatMap(({ beat }) => beat.feedStatistics ?? []);
    raise(registry.appendsResent, own.appendsUnanswered);
    raise(registry.appendAnswersDropped, own.appendAnswersDropped);
    const total = (count: (statistics: EventStoreStatistics) => number): number =>
      [own, ...feeds].reduce((sum, statistics) => sum + count(statistics), 0);
    registry.subscriptionsAborted.reset();
    registry.subscriptionsAborted.inc(
      { reason: 'too_slow' },
      total((statistics) => statistics.subscriptionsTooSlow),
    );
    registry.subscriptionsAborted.inc(
      { reason: 'interrupted' },
      total((statistics) => statistics.subscriptionsInterrupted),
    );
  }
}
