import {
  type AnyLedgerEvent,
  definitionOf,
  type EventData,
  type EventType,
  readFact,
} from '#events';
import type { ReferenceData } from '#domain';
import { fact as decided } from '../fixtures/facts.js';

/** What a story says of one delivery besides its content. */
export interface Told {
  /** The reporting account; the one that issued the thing's id unless it is given. */
  readonly by?: string;
  /** `YYYY-MM-DD HH:MM`, in UTC; a day alone says that nothing more is known. */
  readonly at: string;
  readonly transaction?: string;
  readonly version?: string;
  /** The business day or batch the source counts it in, and its number there. */
  readonly span?: string;
  readonly numberrange?: string;
  readonly sequence?: string;
}

/** A delivery as its source sends it, or a decision as Daybook records it. */
type Chapter = { readonly delivery: object } | { readonly decision: AnyLedgerEvent };

/** One order's life as the deliveries of many systems, in any order. */
export class Story {
  readonly #chapters: Chapter[] = [];

  constructor(readonly reference: Partial<ReferenceData> = {}) {}

  /** A source tells a fact of the thing named. */
  tells<Type extends EventType>(
    type: Type,
    leaf: string,
    data: EventData<Type>,
    { by, at, ...rest }: Told,
  ): this {
    const isDay = at.length === 10;
    const delivery = {
      specversion: '1.0',
      id: `delivery-${this.#chapters.length}`,
      source: by ?? issuerOf(leaf),
      type,
      subject: leaf,
      time: isDay ? at : `${at.replace(' ', 'T')}:00.000Z`,
      precision: isDay ? 'date' : 'instant',
      ...rest,
      data,
    };
    this.#chapters.push({ delivery });
    return this;
  }

  /** Daybook decides; what it decided is recorded in its own stream. */
  decides<Type extends EventType>(
    type: Type,
    leaf: string,
    data: EventData<Type>,
    at: string,
  ): AnyLedgerEvent {
    const event = decided(type, leaf, data, {
      kind: 'decision',
      account: 'daybook',
      at: `${at.replace(' ', 'T')}:00.000Z`,
    });
    if (!definitionOf(type).mayBe.includes('decision')) {
      throw new Error(`${type} is never a decision.`);
    }
    this.#chapters.push({ decision: event });
    return event;
  }

  /** The event id that a delivery gets, by which corrections name it. */
  idOf(type: EventType, leaf: string): string {
    const found = this.events().filter((event) => event.type === type && event.leaf === leaf);
    const [only] = found;
    if (only === undefined || found.length > 1) {
      throw new Error(`${found.length} events are ${type} on ${leaf}.`);
    }
    return only.eventId;
  }

  /** What the ledger makes of the chapters, in the order in which they were told. */
  events(): readonly AnyLedgerEvent[] {
    return this.#chapters.map((chapter) =>
      'decision' in chapter ? chapter.decision : this.#understood(chapter.delivery),
    );
  }

  #understood(delivery: object): AnyLedgerEvent {
    const zones = this.reference.accounts ?? {};
    const reading = readFact(delivery, { zoneOf: (account) => zones[account]?.zone ?? 'UTC' });
    if (reading.outcome === 'refused') {
      throw new Error(`${JSON.stringify(delivery)}: ${reading.code}: ${reading.message}`);
    }
    const arrival = {
      recordedAt: '',
      recordedBy: '',
      deliveryDigest: '',
      translatorVersion: '',
      revision: 0,
      sequence: 0,
      ...(reading.sourceCount === undefined ? {} : { sourceCount: reading.sourceCount }),
    };
    return { ...reading.fact, arrival };
  }
}

/** The account in a leaf; a ledger-wide thing is told by the warehouse. */
function issuerOf(leaf: string): string {
  const [category = '', id = ''] = leaf.split(/-(.*)/);
  return ['inventory', 'item', 'location', 'till'].includes(category)
    ? 'wms'
    : id.slice(0, id.indexOf(':'));
}
