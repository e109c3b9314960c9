import { columnReadingOf } from '../column-reading.js';
import type { DeliveredTime } from '../fact-delivery.js';
import { olistRegistration } from './registration.js';

export const { readTime, readAmount, timeOf, amountOf } = columnReadingOf(olistRegistration);

/** The time where the source gives one; else unknown, not before the latest step it must follow. */
export function timeOrUnknown(text: string, notBefore: string): DeliveredTime {
  return text === ''
    ? { precision: 'unknown', notbefore: notBefore }
    : { time: timeOf(text), precision: 'instant' };
}
