import { isDate } from '#kernel';
import type { EventParts, FieldFault } from '../event-definition.js';

/** A till's leaf is of a day, so that an instant would open another till. */
export function checkBusinessDay({
  data,
}: EventParts<{ businessDay: string }>): readonly FieldFault[] {
  return isDate(data.businessDay)
    ? []
    : [{ field: 'data.businessDay', message: 'must be a day YYYY-MM-DD' }];
}
