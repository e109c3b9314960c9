import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The buckets of requests, in seconds: reads take milliseconds, one that waits up to 30 s. */
const requestSeconds = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** Every metric Daybook has of its own, with its name, its labels and what it says. */
export class MetricRegistry {
  readonly registry = new Registry();

  readonly ready = this.#gauge('daybook_ready', 'Whether a check of readiness passes: 1 or 0.', [
    'check',
  ]);
  readonly projectionState = this.#gauge(
    'daybook_projection_state',
    'The state of the read models as health has it: 1 for the one it is in.',
    ['state'],
  );
  readonly projectionEventsBehind = this.#gauge(
    'daybook_projection_events_behind',
    'Events of the store that the read models do not hold, counted up to 1,000.',
  );
  readonly projectionSecondsBehind = this.#gauge(
    'daybook_projection_seconds_behind',
    'How late the read models are, in seconds, and what that is measured from.',
    ['measured_from'],
  );
  readonly projectionUnchangedSeconds = this.#gauge(
    'daybook_projection_unchanged_seconds',
    'For how long the read models were seen behind the store without any progress.',
  );
  readonly projectionAppliedEvents = this.#gauge(
    'daybook_projection_applied_events',
    'How many events of the ledger the read models hold.',
  );
  readonly projectionEventsPerSecond = this.#gauge(
    'daybook_projection_events_per_second',
    'What the projector of this process applied over the last ten seconds.',
  );
  readonly projectionBatchEvents = this.#gauge(
    'daybook_projection_batch_events',
    'Events of the last batch of the projector of this process.',
  );
  readonly projectionBatchSeconds = this.#gauge(
    'daybook_projection_batch_seconds',
    'What the last batch took, by step.',
    ['step'],
  );
  readonly projectionParkedKeys = this.#gauge(
    'daybook_projection_parked_keys',
    'Keys that are not applied until somebody acts.',
  );
  readonly projectionEpoch = this.#gauge(
    'daybook_projection_epoch',
    'How often the lease of the read models was taken.',
  );
  readonly projectionGeneration = this.#gauge(
    'daybook_projection_generation',
    'The generation that queries read.',
  );
  readonly projectorSilentSeconds = this.#gauge(
    'daybook_projector_silent_seconds',
    'For how long the projector of this process gave no sign of life.',
  );
  readonly projectorHolds = this.#gauge(
    'daybook_projector_holds',
    'Whether the projector of this process holds the lease of the read models, 1, or not, 0.',
  );
  readonly projectorRetries = this.#counter(
    'daybook_projector_retries_total',
    'Outages that the projectors of this process tried to get over.',
  );
  readonly verificationFinished = this.#gauge(
    'daybook_verification_finished_timestamp_seconds',
    'When the last scheduled verification ended, in seconds since 1970.',
  );
  readonly verificationOutcome = this.#gauge(
    'daybook_verification_outcome',
    'What it came to: 1 for the outcome it had.',
    ['outcome'],
  );
  readonly verificationSeconds = this.#gauge(
    'daybook_verification_seconds',
    'How long the last scheduled verification took.',
  );
  readonly positionWaiters = this.#gauge(
    'daybook_position_waiters',
    'Requests that wait until the read models hold a write.',
  );
  readonly positionListening = this.#gauge(
    'daybook_position_listening',
    'Whether announcements of commits are heard: 1 or 0.',
  );
  readonly recorderOutcomes = this.#counter(
    'daybook_recorder_events_total',
    'Facts and commands since the start, by what became of them.',
    ['outcome'],
  );
  readonly recorderAppends = this.#counter(
    'daybook_recorder_appends_total',
    'Appends sent; with the recorded events it tells how well they are batched.',
  );
  readonly recorderConflicts = this.#counter(
    'daybook_recorder_append_conflicts_total',
    "Appends that another writer's append came before.",
  );
  readonly recorderUnknownResolved = this.#counter(
    'daybook_recorder_unknown_resolved_total',
    'Appends without an answer whose fate was found out.',
  );
  readonly recorderOutcomesUnwritten = this.#counter(
    'daybook_recorder_outcomes_unwritten_total',
    'Outcomes that could not be written beside their deliveries; a repeat finds them in its stream.',
  );
  readonly appendsResent = this.#counter(
    'daybook_event_store_appends_resent_total',
    'Appends whose answer was lost, each sent again as it was.',
  );
  readonly appendAnswersDropped = this.#counter(
    'daybook_event_store_append_answers_dropped_total',
    'Answers of the store that nobody waited for any more.',
  );
  readonly subscriptionsAborted = this.#counter(
    'daybook_event_store_subscriptions_aborted_total',
    'Subscriptions that the store or the network ended, and that were taken up again.',
    ['reason'],
  );
  readonly requestSeconds = new Histogram({
    name: 'daybook_http_request_duration_seconds',
    help: 'Requests of the API, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: requestSeconds,
    registers: [this.registry],
  });

  #gauge<Label extends string = never>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ): Gauge<Label> {
    const gauge = new Gauge({ name, help, labelNames, registers: [this.registry] });
    // What is not known yet is absent: a zero would be a figure.
    if (labelNames.length === 0) gauge.remove();
    return gauge;
  }

  #counter<Label extends string = never>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }
}
