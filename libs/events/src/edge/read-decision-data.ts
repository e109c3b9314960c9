import { definitionOf, type EventData, type EventType } from '../registry.js';
import { checkData } from './checked-data.js';
import { type FactRefusal, isFactRefusal } from './fact-refusals.js';
import { checkStorable } from './storable-json.js';

export type DecisionDataReading<Type extends EventType> =
  { readonly outcome: 'understood'; readonly data: EventData<Type> } | FactRefusal;

/**
 * Reads the data of an event that Daybook is asked to decide, by the same rules a fact's data is
 * read by. What spans fields, or fields and leaf, is checked by `checkParts` once the leaf is known.
 */
export function readDecisionData<Type extends EventType>(
  type: Type,
  data: unknown,
): DecisionDataReading<Type> {
  const unstorable = checkStorable({ data });
  if (unstorable) return unstorable;
  const checked = checkData(definitionOf(type), data);
  return isFactRefusal(checked)
    ? checked
    : { outcome: 'understood', data: checked.data as EventData<Type> };
}
