import { accountPattern } from '../object-leaf.js';
import {
  identifierCharactersMax,
  keyCharactersMax,
  objectIdCharactersMax,
} from '../validation/limits.js';
import { type FactRefusal, isFactRefusal, refuseFact } from './fact-refusals.js';
import { fieldPath, quoted } from './storable-json.js';

/** The attributes of an event, each text where it is there; what they mean is read elsewhere. */
export interface Attributes {
  readonly id: string;
  readonly source: string;
  readonly type: string;
  readonly data: unknown;
  /** A number is taken too, since CloudEvents has integers. */
  readonly version: unknown;
  readonly optional: Readonly<Partial<Record<OptionalAttribute, string>>>;
}

/** The most digits of a record's number at its source: all such numbers are exact. */
export const sequenceDigitsMax = 15;

/** The most characters an attribute may have, by name; the ledger's extensions follow the core's. */
const optionalAttributes = {
  subject: 2_000,
  time: 100,
  datacontenttype: 200,
  dataschema: 2_000,
  objectid: objectIdCharactersMax,
  account: 63,
  sku: identifierCharactersMax,
  node: keyCharactersMax,
  precision: 20,
  notbefore: 100,
  notafter: 100,
  transaction: objectIdCharactersMax,
  actor: 200,
  span: identifierCharactersMax,
  numberrange: identifierCharactersMax,
  sequence: sequenceDigitsMax,
} as const;

type OptionalAttribute = keyof typeof optionalAttributes;

const optionalNames = Object.keys(optionalAttributes) as readonly OptionalAttribute[];
const otherNames: readonly string[] = ['specversion', 'id', 'source', 'type', 'data', 'version'];
const knownNames: ReadonlySet<string> = new Set([...optionalNames, ...otherNames]);

/** Reads the attributes of a CloudEvents 1.0 JSON object; null counts as absent. */
export function readAttributes(input: unknown): Attributes | FactRefusal {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return refuseFact('envelope_invalid', 'event', 'The event must be a JSON object.');
  }
  const envelope = input as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(envelope).find((name) => !knownNames.has(name));
  if (unknown !== undefined) {
    return refuseFact(
      'envelope_invalid',
      fieldPath([unknown]),
      `The attribute ${quoted(unknown)} is not known; what an event tells belongs in data.`,
    );
  }
  if (envelope['specversion'] !== '1.0') {
    return refuseFact('envelope_invalid', 'specversion', 'specversion must be "1.0".');
  }
  const required = readRequired(envelope);
  if (isFactRefusal(required)) return required;
  const optional = readOptional(envelope);
  if (isFactRefusal(optional)) return optional;
  const { data, version } = envelope;
  return { ...required, data, version: version ?? undefined, optional };
}

function isLongerThan(text: string, characters: number): boolean {
  return text.length > characters && Array.from(text).length > characters;
}

function readRequired(
  envelope: Readonly<Record<string, unknown>>,
): Pick<Attributes, 'id' | 'source' | 'type'> | FactRefusal {
  const { id, source, type } = envelope;
  if (typeof id !== 'string' || id === '' || isLongerThan(id, identifierCharactersMax)) {
    const message = `id must be text of 1 to ${identifierCharactersMax} characters.`;
    return refuseFact('envelope_invalid', 'id', message);
  }
  if (typeof source !== 'string' || !accountPattern.test(source)) {
    const message = `source must be the reporting account: ${accountPattern.source}.`;
    return refuseFact('envelope_invalid', 'source', message);
  }
  if (typeof type !== 'string' || type === '') {
    return refuseFact('envelope_invalid', 'type', 'type must be the name of an event type.');
  }
  return { id, source, type };
}

function readOptional(
  envelope: Readonly<Record<string, unknown>>,
): Attributes['optional'] | FactRefusal {
  const found: Partial<Record<OptionalAttribute, string>> = {};
  for (const name of optionalNames) {
    const value = envelope[name];
    if (value === undefined || value === null) continue;
    const max = optionalAttributes[name];
    if (typeof value !== 'string' || value === '' || isLongerThan(value, max)) {
      return refuseFact(
        'envelope_invalid',
        name,
        `${name} must be text of 1 to ${max} characters, or absent.`,
      );
    }
    found[name] = value;
  }
  const { datacontenttype: contentType, account } = found;
  if (
    contentType !== undefined &&
    !/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType)
  ) {
    return refuseFact('envelope_invalid', 'datacontenttype', 'datacontenttype must be JSON.');
  }
  if (account !== undefined && !accountPattern.test(account)) {
    const message = `account must be the account that issued the id: ${accountPattern.source}.`;
    return refuseFact('envelope_invalid', 'account', message);
  }
  return found;
}
