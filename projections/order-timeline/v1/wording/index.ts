import type { AnyLedgerEvent, EventType } from '#events';
import { english } from './en/index.js';
import { orderSentences } from './en/order-sentences.js';
import type { EventWording, LanguageWording } from './event-wording.js';
import { type Language, languageNames } from './languages.js';
import type { OrderWording } from './order-wording.js';

/** The compiler lists what a new language lacks. */
const languages = { en: english } satisfies Readonly<Record<Language, LanguageWording>>;

export { type Language, languageNames } from './languages.js';

const languageDefault: Language = 'en';

/** How whole orders are told in each language. */
const orderWordings: Readonly<Record<Language, OrderWording>> = { en: orderSentences };

export function orderWordingIn(language: Language): OrderWording {
  return orderWordings[language];
}

/**
 * The language that an `Accept-Language` header (RFC 9110) or a person asks for, in the order of
 * what is wanted; English where none of it is spoken.
 */
export function languageFor(wanted: string | undefined): Language {
  const ranked = (wanted ?? '')
    .split(',')
    .map((part, index) => {
      const [range = '', quality = 'q=1'] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const weight = Number(/^q=(.+)$/.exec(quality)?.[1] ?? '0');
      return { range, weight: Number.isFinite(weight) ? weight : 0, index };
    })
    .filter(({ weight }) => weight > 0)
    .sort((left, right) => right.weight - left.weight || left.index - right.index);
  for (const { range } of ranked) {
    const spoken = languageNames.find((name) => range === name || range.startsWith(`${name}-`));
    if (spoken !== undefined) return spoken;
  }
  return languageDefault;
}

type AnyWording = EventWording<EventType>;

/** What of an event its words are made of: an entry of a timeline has it. */
export type ToldEvent = Pick<AnyLedgerEvent, 'type' | 'leaf' | 'account' | 'data'>;

const wordings = new Map(
  Object.entries(languages).map(([language, contexts]) => [
    language,
    new Map(Object.values(contexts).flatMap(entriesOf)),
  ]),
);

/** The line a service agent reads for an event. Holds no personal data. */
export function wordsOf(event: ToldEvent, language: Language = languageDefault): string {
  return wordingOf(event, language).internal(event as AnyLedgerEvent);
}

/** What a customer may be told of an event, or null. Holds no personal data and no internal names. */
export function customerWordsOf(
  event: ToldEvent,
  language: Language = languageDefault,
): string | null {
  return wordingOf(event, language).customer(event as AnyLedgerEvent);
}

/** The wordings of a context by type; the one found for an event's type takes that event. */
function entriesOf(context: object): readonly (readonly [string, AnyWording])[] {
  return Object.entries(context as Readonly<Record<string, AnyWording>>);
}

function wordingOf(event: ToldEvent, language: Language): AnyWording {
  const wording = wordings.get(language)?.get(event.type);
  if (!wording) throw new Error(`${event.type} has no wording in ${language}.`);
  return wording;
}
