interface Written<Outcome extends string> {
  /** The delivery's own id, null where it names none. */
  readonly id: string | null;
  readonly outcome: Outcome;
  readonly eventId: string;
  readonly leaf: string;
  readonly revision: number;
}

interface NotWritten<Outcome extends string> {
  readonly id: string | null;
  readonly outcome: Outcome;
  readonly code: string;
  readonly message: string;
  readonly field?: string;
}

/** What became of one event of a request. */
export type EventOutcome =
  Written<'recorded'> | Written<'repeated'> | NotWritten<'quarantined'> | NotWritten<'refused'>;

/** What became of each event of a batch, in their order. */
export interface BatchAnswer {
  readonly outcomes: readonly EventOutcome[];
  readonly position: string | null;
}
