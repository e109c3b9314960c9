import type { EventKind, SourceCount } from '../envelope.js';
import type { EventDefinition } from '../event-definition.js';
import { factIdOf } from '../identity.js';
import { type AnyNewEvent, definitionOf, type EventType, isEventType } from '../registry.js';
import { type Attributes, readAttributes } from './attributes.js';
import { checkData, checkParts } from './checked-data.js';
import { type FactRefusal, isFactRefusal, refuseFact } from './fact-refusals.js';
import { readLeaf } from './leaf-reading.js';
import { checkMetadataSize } from './metadata-size.js';
import { readOccurrence } from './occurrence-reading.js';
import { readSourceCount } from './source-count.js';
import { checkStorable, quoted } from './storable-json.js';

/** The most digits a source object's version may have. */
export const versionDigitsMax = 32;

/** What reading a fact needs to know besides the fact. */
export interface FactContext {
  /** The IANA zone declared for an account whose times carry no offset. */
  readonly zoneOf: (account: string) => string | undefined;
}

/** A fact as the ledger understands it, personal data still in clear. */
export interface UnderstoodFact {
  readonly outcome: 'understood';
  /** Plain and frozen: what is recorded once its personal data is sealed. */
  readonly fact: AnyNewEvent;
  readonly eventId: string;
  readonly leaf: string;
  readonly objectParts?: readonly string[];
  /** The time's offset as it was written, such as `+02:00`. */
  readonly sourceOffset?: string;
  /** What the source says of who acted. */
  readonly actor?: string;
  /** Where the source counts the record. */
  readonly sourceCount?: SourceCount;
}

export type FactReading = UnderstoodFact | FactRefusal;

/**
 * Turns one CloudEvents 1.0 JSON object (structured mode, already parsed) into a fact of the
 * catalogue, or says by one code what is wrong with which field. Pure, and the same for every
 * source: what the HTTP edge, a channel's translator or a file holds is read by this function.
 */
export function readFact(input: unknown, context: FactContext): FactReading {
  const unstorable = checkStorable(input);
  if (unstorable) return unstorable;
  const attributes = readAttributes(input);
  if (isFactRefusal(attributes)) return attributes;
  const type = readType(attributes.type, 'fact');
  if (typeof type === 'object') return type;
  const definition = definitionOf(type);
  const time = readOccurrence(attributes, context.zoneOf(attributes.source));
  if (isFactRefusal(time)) return time;
  const sourceCount = readSourceCount(attributes);
  if (sourceCount !== undefined && isFactRefusal(sourceCount)) return sourceCount;
  const version = readVersion(definition, attributes);
  if (typeof version === 'object' && version !== null) return version;
  const checked = checkData(definition, attributes.data);
  if (isFactRefusal(checked)) return checked;
  const place = readLeaf(definition, { ...attributes, data: checked.data });
  if (isFactRefusal(place)) return place;
  const { leaf, objectParts } = place;
  const parts = {
    type,
    leaf,
    kind: 'fact',
    account: attributes.source,
    occurrence: time.occurrence,
    version,
    transaction: attributes.optional.transaction ?? null,
    data: checked.data,
    ...(objectParts === undefined ? {} : { objectParts }),
  } as const;
  const contradiction = checkParts(parts);
  if (contradiction) return contradiction;
  const eventId = factIdOf(parts);
  const fact = Object.freeze({ ...parts, eventId }) as AnyNewEvent;
  const { sourceOffset } = time;
  const { actor } = attributes.optional;
  return (
    checkMetadataSize(fact, { actor, sourceCount }) ?? {
      outcome: 'understood',
      fact,
      eventId,
      leaf,
      ...(objectParts === undefined ? {} : { objectParts }),
      ...(sourceOffset === undefined ? {} : { sourceOffset }),
      ...(actor === undefined ? {} : { actor }),
      ...(sourceCount === undefined ? {} : { sourceCount }),
    }
  );
}

function readType(type: string, kind: EventKind): EventType | FactRefusal {
  if (!isEventType(type)) {
    const message = `type ${quoted(type)} is not in the event catalogue.`;
    return refuseFact('event_type_unknown', 'type', message);
  }
  return definitionOf(type).mayBe.includes(kind)
    ? type
    : refuseFact('event_type_is_decision', 'type', `${type} is never reported, only decided.`);
}

function readVersion(
  definition: EventDefinition,
  { version }: Attributes,
): string | null | FactRefusal {
  if (version === undefined) return null;
  if (!definition.versioned) {
    return refuseFact('version_not_taken', 'version', `${definition.type} carries no version.`);
  }
  const text = typeof version === 'number' ? String(version) : version;
  return typeof text === 'string' && text.length <= versionDigitsMax && /^\d+$/.test(text)
    ? text
    : refuseFact('version_invalid', 'version', `version must be 1 to ${versionDigitsMax} digits.`);
}
