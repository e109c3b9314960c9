import type { AnyLedgerEvent, EventData, EventType } from '#events';
import type { JsonValue } from '#kernel';

/**
 * What a stream's events come to, for decisions on that stream.
 *
 * `evolve` may change the state it is given and returns it; `branch` gives a state that can go its
 * own way at little cost, so that decisions can be tried before anything is written.
 */
export interface StreamFold<State> {
  readonly initial: () => State;
  readonly evolve: (state: State, event: AnyLedgerEvent) => State;
  readonly branch: (state: State) => State;
}

/** An event that a decision yields; who asked, when and under which id is the recorder's part. */
export type DecidedEvent = {
  [Type in EventType]: { readonly type: Type; readonly data: EventData<Type> };
}[EventType];

/** A refusal with the numbers it was taken by. */
export interface DecisionRefusal<Code extends string = string> {
  readonly outcome: 'refused';
  readonly code: Code;
  readonly message: string;
  /** The field of the command at fault, such as `lines.0.qty`. */
  readonly field?: string;
  /** What stood against it, such as `{"available": "3"}`; sums are texts, since they may be large. */
  readonly details?: Readonly<Record<string, JsonValue>>;
}

export type DecisionResult<Code extends string = string> =
  | { readonly outcome: 'accepted'; readonly events: readonly DecidedEvent[] }
  | DecisionRefusal<Code>;

/** Decides one command on the state of the one stream that holds all terms of its ceiling. */
export type Decide<State, Code extends string = string> = (state: State) => DecisionResult<Code>;

/** What a refusal code means to whoever receives it. */
export interface RefusalDescription {
  readonly status: number;
  readonly text: string;
  readonly remedy: string;
}

/** Refuses where a command names one line twice; answers the field of the second. */
export function repeatedLineField(lines: readonly { readonly line: string }[]): string | undefined {
  const seen = new Set<string>();
  for (const [index, { line }] of lines.entries()) {
    if (seen.has(line)) return `lines.${index}.line`;
    seen.add(line);
  }
  return undefined;
}
