import type { SourceCount } from '../envelope.js';
import type { Attributes } from './attributes.js';
import { sequenceDigitsMax } from './attributes.js';
import { type FactRefusal, refuseFact } from './fact-refusals.js';

/** Reads where the source counts a record: `span`, `numberrange` and `sequence`. */
export function readSourceCount({ optional }: Attributes): SourceCount | undefined | FactRefusal {
  const { span, numberrange, sequence } = optional;
  if (sequence !== undefined && !/^\d+$/.test(sequence)) {
    const message = `sequence must be the record's number at its source: 1 to ${sequenceDigitsMax} digits.`;
    return refuseFact('envelope_invalid', 'sequence', message);
  }
  if (numberrange !== undefined && sequence === undefined) {
    const message = 'numberrange names what sequence counts in, so it takes a sequence.';
    return refuseFact('envelope_invalid', 'numberrange', message);
  }
  if (span === undefined && sequence === undefined) return undefined;
  return {
    ...(span === undefined ? {} : { span }),
    ...(numberrange === undefined ? {} : { numberRange: numberrange }),
    ...(sequence === undefined ? {} : { sequence: Number(sequence) }),
  };
}
