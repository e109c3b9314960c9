import type { TimelineItem } from '../../http/orders/timeline-items.js';

type ItemTime = Pick<TimelineItem, 'local' | 'precision' | 'notBefore' | 'notAfter'>;

/** A time as exactly as it is known, where clocks of the store are known by these. */
export function whenOf({ local, precision, notBefore, notAfter }: ItemTime): string {
  if (local !== null) {
    const text = readable(local);
    return precision === 'minute' ? text.slice(0, 'YYYY-MM-DD HH:MM'.length) : text;
  }
  if (notBefore !== null) return `after ${readable(notBefore)}`;
  return notAfter === null ? 'unknown' : `before ${readable(notAfter)}`;
}

/** A day or an instant as people read it: `2026-03-05 09:00:00`. */
export function readable(time: string): string {
  return time.slice(0, 'YYYY-MM-DD HH:MM:SS'.length).replace('T', ' ');
}
