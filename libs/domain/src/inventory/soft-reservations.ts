import type { EventOf } from '#events';
import { memoizeByObject } from '#kernel';
import type { Effective, SubjectView } from '../subject-view.js';

/**
 * Units kept for a cart or an order line until an instant:
 * reserved = released + converted + open, and what is open has expired once the instant passed.
 */
export interface SoftReservation {
  readonly reservation: Effective<'StockSoftReserved'>;
  /** From this instant on the open units are free, whoever notices it when. */
  readonly reservedUntil: string;
  readonly reserved: number;
  readonly released: number;
  /** Units that an allocation took over. */
  readonly converted: number;
  readonly open: number;
  /** Units released or taken over beyond what was reserved. */
  readonly overdrawn: number;
}

/** The effective soft reservations of a view. Units given back count before those taken over. */
export const softReservationsOf = memoizeByObject((view: SubjectView): readonly SoftReservation[] =>
  view.effective('StockSoftReserved').map((reservation) => {
    const { data } = reservation.event;
    const wantedBack = sumOf(
      view.effective('StockReservationReleased').filter(({ event }) => {
        return isOf(event.data, data) && event.data.uom === data.uom;
      }),
    );
    const wantedOver = sumOf(
      view.effective('StockAllocated').filter(({ event }) => isFrom(event, reservation.event)),
    );
    const released = Math.min(wantedBack, data.qty);
    const converted = Math.min(wantedOver, data.qty - released);
    const extension = view
      .effective('StockReservationExtended')
      .find(({ event }) => isOf(event.data, data));
    return {
      reservation,
      reservedUntil: extension?.event.data.reservedUntil ?? data.reservedUntil,
      reserved: data.qty,
      released,
      converted,
      open: data.qty - released - converted,
      overdrawn: wantedBack + wantedOver - released - converted,
    };
  }),
);

/** The open units that are still kept at an instant. */
export function heldUnits({ reservedUntil, open }: SoftReservation, asOf: string): number {
  return reservedUntil > asOf ? open : 0;
}

interface ReservationLine {
  readonly authority: string;
  readonly reservation: string;
  readonly line: string;
}

function isOf(part: ReservationLine, whole: ReservationLine): boolean {
  return (
    part.authority === whole.authority &&
    part.reservation === whole.reservation &&
    part.line === whole.line
  );
}

/** True where an allocation takes over reserved units; other stock leaves them where they are. */
function isFrom(
  { leaf, data }: EventOf<'StockAllocated'>,
  reserved: EventOf<'StockSoftReserved'>,
): boolean {
  return (
    data.reservation !== undefined &&
    data.reservationLine !== undefined &&
    isOf(
      { authority: data.authority, reservation: data.reservation, line: data.reservationLine },
      reserved.data,
    ) &&
    leaf === reserved.leaf &&
    data.uom === reserved.data.uom &&
    data.owner.kind === reserved.data.owner.kind &&
    data.owner.id === reserved.data.owner.id
  );
}

function sumOf(events: readonly { readonly event: { readonly data: { readonly qty: number } } }[]) {
  return events.reduce((sum, { event }) => sum + event.data.qty, 0);
}
