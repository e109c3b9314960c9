import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type FactContext, readFact } from '#events';
import type { StorePosition } from '#kernel';
import type { Delivery, QuarantineRequest, Recorder, RecordOutcome } from '#recording';
import { ProblemError } from '../problems/problem.js';
import { problemCodeOf } from '../problems/problem-registry.js';
import { unavailableProblem } from '../problems/unavailable-problem.js';
import { PositionTokens } from '../reads/position-tokens.js';
import { WritePath } from '../write-path.js';
import { type DeliveredRecord, identityOf, oversizedRecord } from './delivered-records.js';
import type { EventOutcome } from './event-outcome.js';

/** Names the code that understood the bytes; it stands in the metadata of what it recorded. */
const translatorVersion = 'cloudevents 1';

export interface RecordedEvents {
  /** In the order of the records. */
  readonly outcomes: readonly EventOutcome[];
  /** A token at or behind everything recorded; undefined where nothing was. */
  readonly position: string | undefined;
}

/** Records facts as they were delivered; a batch is not atomic. */
export class RecordEvents extends Command<RecordedEvents> {
  constructor(
    readonly records: readonly DeliveredRecord[],
    readonly recordedBy: string,
  ) {
    super();
  }
}

type Unread = Omit<QuarantineRequest, 'rawBody'> & { readonly rawBody: Buffer };
type Reading =
  | { readonly is: 'delivery'; readonly delivery: Delivery }
  | { readonly is: 'unread'; readonly unread: Unread };

@CommandHandler(RecordEvents)
export class RecordEventsHandler implements ICommandHandler<RecordEvents> {
  private readonly recorder: Recorder;
  private readonly context: FactContext;

  constructor(
    writePath: WritePath,
    private readonly tokens: PositionTokens,
  ) {
    this.recorder = writePath.recorder;
    const { accounts } = writePath.referenceData;
    this.context = { zoneOf: (account) => accounts[account]?.zone };
  }

  async execute({ records, recordedBy }: RecordEvents): Promise<RecordedEvents> {
    const readings = records.map((record) => this.read(record, recordedBy));
    await this.quarantine(readings);
    const deliveries = readings.flatMap((each) => (each.is === 'delivery' ? [each.delivery] : []));
    const recorded = (await this.recorder.recordFacts(deliveries)).values();
    const positions: (StorePosition | null)[] = [];
    const outcomes = readings.map((reading): EventOutcome => {
      if (reading.is === 'unread') return outcomeOfUnread(reading.unread);
      const outcome = next(recorded);
      if (outcome.outcome === 'recorded' || outcome.outcome === 'repeated') {
        positions.push(outcome.position);
      }
      return outcomeOfDelivery(reading.delivery.deliveryId, outcome);
    });
    return { outcomes, position: await this.tokens.tokenBehind(positions) };
  }

  private read(record: DeliveredRecord, recordedBy: string): Reading {
    const { rawBody, value } = record;
    const { source, deliveryId } = identityOf(value);
    const oversized = oversizedRecord(record);
    if (oversized !== undefined) {
      const { code, message, kept } = oversized;
      return { is: 'unread', unread: { source, deliveryId, rawBody: kept, code, message } };
    }
    const fact = readFact(value, this.context);
    if (fact.outcome === 'refused') {
      const { code, message, field } = fact;
      return { is: 'unread', unread: { source, deliveryId, rawBody, code, message, field } };
    }
    if (deliveryId === null) throw new Error('A fact was understood that has no id.');
    const delivery = { source, deliveryId, rawBody, fact, recordedBy, translatorVersion };
    return { is: 'delivery', delivery };
  }

  private async quarantine(readings: readonly Reading[]): Promise<void> {
    const unread = readings.flatMap((each) => (each.is === 'unread' ? [each.unread] : []));
    if (unread.length === 0) return;
    const kept = await this.recorder.quarantine(unread);
    if (kept.outcome === 'unavailable') throw unavailableProblem(kept);
  }
}

function next(outcomes: Iterator<RecordOutcome>): RecordOutcome {
  const { value, done } = outcomes.next();
  if (done === true) throw new Error('The recorder answered fewer outcomes than deliveries.');
  return value;
}

function outcomeOfUnread({ deliveryId, code, message, field }: Unread): EventOutcome {
  const outcome = { id: deliveryId, outcome: 'quarantined', code, message } as const;
  return field === undefined ? outcome : { ...outcome, field };
}

/** What is not known now ends the whole request: sent again, what was recorded is a repeat. */
function outcomeOfDelivery(id: string, outcome: RecordOutcome): EventOutcome {
  if (outcome.outcome === 'unavailable') throw unavailableProblem(outcome);
  if (outcome.outcome !== 'recorded' && outcome.outcome !== 'repeated') return { id, ...outcome };
  const { eventId, leaf, revision } = outcome;
  return { id, outcome: outcome.outcome, eventId, leaf, revision };
}

/** The problem of a record that was sent alone and not recorded. */
export function problemOfOutcome(outcome: EventOutcome): ProblemError | undefined {
  if (outcome.outcome === 'recorded' || outcome.outcome === 'repeated') return undefined;
  const { code, message, field, outcome: became, id } = outcome;
  return new ProblemError({
    code: problemCodeOf(code),
    detail: message,
    field,
    extensions: { outcome: became, id },
  });
}
