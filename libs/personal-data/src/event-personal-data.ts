import type { JsonValue } from '#kernel';
import { type AnyNewEvent, definitionOf, type EventType, type SealedPersonalData } from '#events';
import type { OpenRequest, PersonalDataVault, SealRequest } from './personal-data-vault.js';

/** Replaces every personal-data field of these events by its ciphertext; the ids stay as they are. */
export async function sealEvents(
  vault: PersonalDataVault,
  events: readonly AnyNewEvent[],
): Promise<readonly AnyNewEvent[]> {
  const places: { readonly index: number; readonly field: string }[] = [];
  const requests: SealRequest[] = [];
  events.forEach((event, index) => {
    const data = event.data as Readonly<Record<string, JsonValue | undefined>>;
    for (const { field, subject } of definitionOf(event.type).personalData) {
      const clear = data[field];
      if (clear === undefined) continue;
      places.push({ index, field });
      requests.push({ clear, subject: subject(event), place: { leaf: event.leaf, field } });
    }
  });
  if (requests.length === 0) return events;
  const sealed = await vault.sealAll(requests);
  const result = [...events];
  places.forEach(({ index, field }, at) => {
    const event = result[index];
    if (event === undefined) return;
    // A field of personal data is typed clear or sealed, so the event keeps its type.
    const data: object = event.data;
    result[index] = { ...event, data: { ...data, [field]: sealed[at] } } as AnyNewEvent;
  });
  return result;
}

/** What stands in a field of personal data once its subject was forgotten. */
export const erasedMark = Object.freeze({ erased: true });

/** A stored event's data with its personal data in clear, or {@link erasedMark} where it is forgotten. */
export async function openEventData(
  vault: PersonalDataVault,
  event: { readonly type: EventType; readonly leaf: string; readonly data: object },
): Promise<object> {
  const data = event.data as Readonly<Record<string, unknown>>;
  const fields = definitionOf(event.type)
    .personalData.map(({ field }) => field)
    .filter((field) => isSealed(data[field]));
  if (fields.length === 0) return event.data;
  const opened = await vault.openAll(
    fields.map((field): OpenRequest => ({
      sealed: data[field] as SealedPersonalData,
      place: { leaf: event.leaf, field },
    })),
  );
  const clear: Record<string, unknown> = { ...data };
  fields.forEach((field, index) => {
    const result = opened[index];
    clear[field] = result?.outcome === 'clear' ? result.value : erasedMark;
  });
  return clear;
}

/** True for a field that holds ciphertext. */
export function isSealed(value: unknown): value is SealedPersonalData {
  return (
    typeof value === 'object' &&
    value !== null &&
    'keyId' in value &&
    'nonce' in value &&
    'ciphertext' in value
  );
}
