import type { EventOf } from '#events';
import { formatMoney } from '#kernel';
import { type ContextWording, notTold } from '../event-wording.js';
import { because, countOf, dayOf, inWords } from './phrases.js';

function goodsAndTotal({ data }: EventOf<'OrderCaptured'>): string {
  const total = data.lines.reduce((sum, line) => {
    const taxes = line.taxes.reduce((taxSum, { amount }) => taxSum + BigInt(amount.minor), 0n);
    return sum + BigInt(line.gross.minor) - BigInt(line.discount.minor) + taxes;
  }, 0n);
  const goods = data.lines.filter((line) => line.kind === 'goods').length;
  return `${countOf(goods, 'item')} for ${formatMoney(total, data.currency)}`;
}

function creditTotal({ data }: EventOf<'CreditGranted'>): string {
  const total = data.lines.reduce(
    (sum, { net, tax }) => sum + BigInt(net.minor) + BigInt(tax.minor),
    -BigInt(data.fee?.minor ?? 0),
  );
  return formatMoney(total, data.currency);
}

export const orderWording: ContextWording<'orders'> = {
  OrderCaptured: {
    internal: (event) => `Ordered ${goodsAndTotal(event)} in ${event.data.channel}`,
    customer: (event) => `You ordered ${goodsAndTotal(event)}`,
  },
  OrderCancelled: {
    internal: ({ data }) => `Cancelled the order${because(data.reason)}`,
    customer: () => 'Your order was cancelled',
  },
  OrderLineCancelled: {
    internal: ({ data }) => `Cancelled ${data.qty} of line ${data.line}${because(data.reason)}`,
    customer: ({ data }) =>
      `${countOf(data.qty, 'unit')} of your order ${data.qty === 1 ? 'was' : 'were'} cancelled`,
  },
  PromiseDateSet: {
    internal: ({ data }) =>
      `Promised ${data.line === undefined ? 'delivery' : `line ${data.line}`} for ${data.promised}${because(data.cause)}`,
    customer: ({ data }) =>
      `We expect to deliver ${data.line === undefined ? 'your order' : 'part of your order'} by ${dayOf(data.promised)}`,
  },
  CreditGranted: {
    internal: (event) =>
      `Granted a credit of ${creditTotal(event)} for ${inWords(event.data.basis)}`,
    customer: (event) => `You were granted ${creditTotal(event)} back`,
  },
  ExternalReferenceAttached: {
    internal: ({ data }) => `Tied to ${data.referenceType} ${data.reference}`,
    customer: notTold,
  },
};
