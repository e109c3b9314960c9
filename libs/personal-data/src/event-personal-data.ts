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

/** An event as it is stored. */
export interface SealedEvent {
  readonly type: EventType;
  readonly leaf: string;
  readonly data: object;
}

/** A stored event's data with its personal data in clear, or {@link erasedMark} where it is forgotten. */
export async function openEventData(vault: PersonalDataVault, event: SealedEvent): Promise<object> {
  const [opened = event.data] = await openEventsData(vault, [event]);
  return opened;
}

/** {@link openEventData} of several events, with one question to the key store. */
export async function openEventsData(
  vault: PersonalDataVault,
  events: readonly SealedEvent[],
): Promise<readonly object[]> {
  const fields = events.map(sealedFieldsOf);
  if (fields.every(({ length }) => length === 0)) return events.map(({ data }) => data);
  const opened = await vault.openAll(
    events.flatMap(({ leaf, data }, index) =>
      (fields[index] ?? []).map((field): OpenRequest => ({
        sealed: (data as Readonly<Record<string, SealedPersonalData>>)[field] as SealedPersonalData,
        place: { leaf, field },
      })),
    ),
  );
  let next = 0;
  return events.map(({ data }, index) => {
    const clear: Record<string, unknown> = { ...data };
    for (const field of fields[index] ?? []) {
      const result = opened[next++];
      clear[field] = result?.outcome === 'clear' ? result.value : erasedMark;
    }
    return clear;
  });
}

function sealedFieldsOf({ type, data }: SealedEvent): readonly string[] {
  return definitionOf(type)
    .personalData.map(({ field }) => field)
    .filter((field) => isSealed((data as Readonly<Record<string, unknown>>)[field]));
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
