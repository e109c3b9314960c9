import {
  checkParts,
  type EventData,
  type EventType,
  type FactRefusal,
  readDecisionData,
} from '#events';
import { ProblemError } from '../problems/problem.js';
import { problemCodeOf } from '../problems/problem-registry.js';
import type { Attempt } from './attempt.js';

/** Where a command would write, and as whom. */
export interface DecisionPlace {
  readonly attempt: Attempt;
  readonly leaf: string;
}

/**
 * The data of an event that would be decided, by the catalogue's own rules: a decision is held to
 * what a fact is held to. `fieldOf` turns the event's field into the command's.
 */
export function checkedByCatalogue<Type extends EventType>(
  type: Type,
  data: object,
  { attempt, leaf }: DecisionPlace,
  fieldOf: (field: string) => string,
): EventData<Type> {
  const reading = readDecisionData(type, data);
  if (reading.outcome === 'refused') throw problemOf(reading, fieldOf);
  const contradiction = checkParts({
    type,
    leaf,
    kind: 'decision',
    account: attempt.client,
    // No rule that spans fields looks at the time, which is the recorder's to set.
    occurrence: { occurredAt: null, precision: 'unknown', notBefore: null, notAfter: null },
    version: null,
    transaction: null,
    data: reading.data,
  });
  if (contradiction) throw problemOf(contradiction, fieldOf);
  return reading.data;
}

function problemOf({ code, message, field }: FactRefusal, fieldOf: (field: string) => string) {
  const inCommand = fieldOf(field.replace(/^data\.?/, ''));
  return new ProblemError({
    code: problemCodeOf(code),
    detail: message.replaceAll(field, inCommand),
    field: inCommand,
  });
}
