import { metadataBytesMax, type SourceCount } from '../envelope.js';
import type { AnyNewEvent } from '../registry.js';
import { storedMetadataOf } from '../stored-event.js';
import { type FactRefusal, refuseFact } from './fact-refusals.js';

/** The most bytes JSON needs for one UTF-16 unit: an escaped control character. */
const bytesPerUnitMax = 6;
/** What the fixed attributes, and what recording adds, take at most. */
const fixedBytesMax = 1_000;

/** What recording writes has known lengths; the longest of each stands in for it. */
const longestStamp = {
  recordedAt: '2026-11-01T10:00:00.000Z',
  recordedBy: 'x'.repeat(63),
  deliveryDigest: 'x'.repeat(64),
  translatorVersion: 'x'.repeat(63),
  sourceOffset: '+00:00',
};

/** What goes into the metadata besides the fact, as its source said it. */
interface SaidBeside {
  readonly actor: string | undefined;
  readonly sourceCount: SourceCount | undefined;
}

/** Refuses an event whose attributes would not fit its metadata; most are known to fit at a glance. */
export function checkMetadataSize(
  fact: AnyNewEvent,
  { actor, sourceCount }: SaidBeside,
): FactRefusal | undefined {
  const { transaction, objectParts = [] } = fact;
  const { span = '', numberRange = '' } = sourceCount ?? {};
  const units = [transaction ?? '', actor ?? '', span, numberRange, ...objectParts].join('').length;
  if (units * bytesPerUnitMax + fixedBytesMax <= metadataBytesMax) return undefined;
  const metadata = storedMetadataOf(fact, {
    ...longestStamp,
    ...(actor === undefined ? {} : { actor }),
    ...(sourceCount === undefined ? {} : { sourceCount }),
  });
  const bytes = Buffer.byteLength(JSON.stringify(metadata));
  if (bytes <= metadataBytesMax) return undefined;
  return refuseFact(
    'metadata_too_large',
    longestAttribute({
      transaction,
      actor,
      span,
      numberrange: numberRange,
      objectid: objectParts.join(''),
    }),
    `The event's attributes take ${bytes} bytes of metadata; ${metadataBytesMax} are allowed.`,
  );
}

function longestAttribute(texts: Readonly<Record<string, string | null | undefined>>): string {
  const [longest = 'event'] = Object.keys(texts).sort(
    (left, right) => (texts[right]?.length ?? 0) - (texts[left]?.length ?? 0),
  );
  return longest;
}
