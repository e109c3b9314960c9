import type { AnyLedgerEvent, EventType } from '#events';
import { english } from './en/index.js';
import type { EventWording, LanguageWording } from './event-wording.js';

/** Every language the timeline is told in; the compiler lists what a new one lacks. */
const languages = { en: english } satisfies Readonly<Record<string, LanguageWording>>;

export type Language = keyof typeof languages;

type AnyWording = EventWording<EventType>;

const wordings = new Map(
  Object.entries(languages).map(([language, contexts]) => [
    language,
    new Map(Object.values(contexts).flatMap(entriesOf)),
  ]),
);

/** The line a service agent reads for an event. Holds no personal data. */
export function wordsOf(event: AnyLedgerEvent, language: Language = 'en'): string {
  return wordingOf(event, language).internal(event);
}

/** What a customer may be told of an event, or null. Holds no personal data and no internal names. */
export function customerWordsOf(event: AnyLedgerEvent, language: Language = 'en'): string | null {
  return wordingOf(event, language).customer(event);
}

/** The wordings of a context by type; the one found for an event's type takes that event. */
function entriesOf(context: object): readonly (readonly [string, AnyWording])[] {
  return Object.entries(context as Readonly<Record<string, AnyWording>>);
}

function wordingOf(event: AnyLedgerEvent, language: Language): AnyWording {
  const wording = wordings.get(language)?.get(event.type);
  if (!wording) throw new Error(`${event.type} has no wording in ${language}.`);
  return wording;
}
