import type { PersonalDataKeys } from './personal-data-keys.js';

/** What personal data can be searched by. */
export type BlindIndexKind = 'email' | 'phone';

/**
 * The keyed hash under which a leaf is found by an e-mail address or a telephone number, or
 * undefined where the text holds nothing to search by.
 *
 * An address is compared trimmed, in lower case and in normalisation form C; a number by its
 * digits and its leading plus, however it is grouped.
 */
export function blindIndexOf(
  key: Pick<PersonalDataKeys, 'indexDigest'>,
  kind: BlindIndexKind,
  text: string,
): string | undefined {
  const comparable = kind === 'email' ? comparableEmail(text) : comparablePhone(text);
  return comparable === '' ? undefined : key.indexDigest(JSON.stringify([kind, comparable]));
}

function comparableEmail(text: string): string {
  return text.trim().toLowerCase().normalize('NFC');
}

function comparablePhone(text: string): string {
  const digits = text.replace(/\D/g, '');
  return digits !== '' && text.trim().startsWith('+') ? `+${digits}` : digits;
}
