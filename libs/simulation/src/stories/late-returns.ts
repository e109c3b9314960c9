import { creditOf, withUnits } from '../pricing.js';
import { amount } from '../step.js';
import { grant, receiveReturn } from './credits.js';
import { deliver } from './fulfilment.js';
import { refund } from './payments.js';
import { dayMinutes, deliveredAfter, sendUnreserved, type Story } from './story.js';

const soldDaysBefore = 12;
const beforeMonthEnds = 8 * 60;

/** Sold and come back in one month, credited in the next, when the first is closed. */
export const lateReturn: Story = (scene, minute) => {
  const back = scene.minuteOf(`${scene.dayOf(minute).slice(0, 7)}-01`) - beforeMonthEnds;
  const begun = back - soldDaysBefore * dayMinutes;
  const { order, payment, parcel } = sendUnreserved(scene, begun);
  deliver(scene, begun + deliveredAfter, parcel, 'instant');
  const [line] = order.goods;
  if (line === undefined) throw new Error('An order has a line.');
  const returned = receiveReturn(scene, back, order, withUnits(line, 1));
  const { netMinor, taxMinor } = creditOf(line, 1);
  const creditMemo = grant(scene, minute, order, {
    basis: 'return',
    lines: [{ net: amount(netMinor), tax: amount(taxMinor), line: line.line, qty: 1 }],
    returnRef: returned.leaf,
  });
  refund(scene, minute + 5, payment, { order, minor: netMinor + taxMinor }, creditMemo);
  return order;
};
