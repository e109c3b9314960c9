import { type EventData, type EventOf, linkedLeaf } from '#events';
import { formatMoney } from '#kernel';
import { type ContextWording, notTold } from '../event-wording.js';
import { because, becauseOf, countOf, dayOf, inWords, money, unitsOf } from './phrases.js';

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

/** What a tie names: both of its sides have it on their timelines. A leaf says what it is of. */
function tiedThing(data: EventData<'ExternalReferenceAttached' | 'ExternalReferenceDetached'>) {
  return linkedLeaf(data) ?? `${inWords(data.referenceType)} ${data.reference}`;
}

function scoreWords(score: string | undefined): string {
  return score === undefined ? '' : `, score ${score}`;
}

export const orderWording: ContextWording<'orders'> = {
  OrderCaptured: {
    internal: (event) => `Ordered ${goodsAndTotal(event)} in ${event.data.channel}`,
    customer: (event) => `You ordered ${goodsAndTotal(event)}`,
  },
  OrderCancelled: {
    internal: ({ data }) => `Cancelled the order${becauseOf(data.reason)}`,
    customer: () => 'Your order was cancelled',
  },
  OrderLineCancelled: {
    internal: ({ data }) => `Cancelled ${data.qty} of line ${data.line}${becauseOf(data.reason)}`,
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
    internal: ({ data }) => `Tied ${data.object} to ${tiedThing(data)}`,
    customer: notTold,
  },
  OrderValidated: {
    internal: ({ data }) => `Passed the check of ${inWords(data.validator)}`,
    customer: notTold,
  },
  OrderValidationFailed: {
    internal: ({ data }) =>
      `Failed the check of ${inWords(data.validator)}${because(data.errors.map(({ code }) => code).join(', '))}`,
    customer: notTold,
  },
  OrderAcknowledgedByErp: {
    internal: ({ data }) => `Taken over by the ERP as ${data.erpDocument}`,
    customer: notTold,
  },
  OrderHoldPlaced: {
    internal: ({ data }) =>
      `Held for ${inWords(data.type)}${because(data.reason)}; ${data.blocks.join(', ') || 'nothing'} waits`,
    customer: () => 'We are checking your order before it goes on',
  },
  OrderHoldReleased: {
    internal: ({ data }) => `Released hold ${data.holdId}`,
    customer: () => 'Your order goes on',
  },
  FraudReviewRequested: {
    internal: ({ data }) => `Asked ${data.provider} to review the order${scoreWords(data.score)}`,
    customer: notTold,
  },
  FraudCleared: {
    internal: ({ data }) => `Cleared by ${data.provider}${scoreWords(data.score)}`,
    customer: notTold,
  },
  FraudConfirmed: {
    internal: ({ data }) => `Found fraudulent by ${data.provider}${scoreWords(data.score)}`,
    customer: notTold,
  },
  OrderReleased: {
    internal: ({ data }) =>
      `Released ${data.lines === undefined ? 'the order' : unitsOf(data.lines)} to ${data.target}`,
    customer: () => 'We started to prepare your order',
  },
  OrderAmendmentRequested: {
    internal: ({ data }) =>
      `Change ${data.amendment} asked for: ${data.changes.map(({ change }) => inWords(change)).join(', ')}`,
    customer: () => 'A change of your order was asked for',
  },
  OrderAmendmentConfirmed: {
    internal: ({ data }) =>
      `Change ${data.amendment} confirmed: ${countOf(data.lines.length, 'line')} from ${data.effectiveAt}${because(data.reason)}`,
    customer: () => 'Your order was changed as asked',
  },
  OrderAmendmentDeclined: {
    internal: ({ data }) => `Change ${data.amendment} declined${because(data.reason)}`,
    customer: () => 'The change of your order was not possible; your order stays as it was',
  },
  OrderLineSubstituted: {
    internal: ({ data }) =>
      `Replaced ${data.qty} of line ${data.line} by ${data.newLine.sku ?? data.newLine.line} (${inWords(data.priceRule)}, consent ${inWords(data.customerConsent)})`,
    customer: ({ data }) =>
      `${countOf(data.qty, 'unit')} of your order will be replaced by a similar item`,
  },
  CustomerNotified: {
    internal: ({ data }) => `Sent ${data.template} by ${inWords(data.medium)}`,
    customer: ({ data }) => `We wrote to you by ${inWords(data.medium)}`,
  },
  OrderNoteAdded: {
    internal: ({ data }) =>
      `Added ${data.visibility === 'internal' ? 'an internal note' : 'a note the customer may read'}`,
    customer: notTold,
  },
  OrderCompleted: {
    internal: () => 'Completed the order',
    customer: () => 'Your order is complete',
  },
  OrderMarkedDuplicate: {
    internal: ({ data }) =>
      `Marked as a duplicate of ${data.survivingOrder}${becauseOf(data.reason)}`,
    customer: () => 'Your order had reached us twice; it goes on as one',
  },
  OrderMergeReverted: {
    internal: ({ data }) =>
      `No duplicate of ${data.survivingOrder} after all${becauseOf(data.reason)}`,
    customer: () => 'Your orders are two orders and go on as such',
  },
  ExternalReferenceDetached: {
    internal: ({ data }) => `${data.object} is no longer tied to ${tiedThing(data)}`,
    customer: notTold,
  },
  CustomerContactReceived: {
    internal: ({ data }) =>
      `Customer got in touch by ${inWords(data.medium)}: ${inWords(data.reason)}${data.caseId === undefined ? '' : ` (case ${data.caseId})`}`,
    customer: () => 'You got in touch with us',
  },
  PriceMismatchDetected: {
    internal: ({ data }) =>
      `Line ${data.line} costs ${money(data.found)}; ${data.comparedWith} says ${money(data.expected)}`,
    customer: notTold,
  },
  ContractBalanceTransferred: {
    internal: ({ data }) =>
      `Moved a balance of ${money(data.balance)} to ${data.toOrder}: ${inWords(data.cause)}`,
    customer: notTold,
  },
  ContractBalanceWrittenOff: {
    internal: ({ data }) =>
      `Wrote off a balance of ${money(data.balance)}: ${inWords(data.reason)}`,
    customer: notTold,
  },
  DepositForfeited: {
    internal: ({ data }) => `Kept a deposit of ${money(data.amount)}${because(data.reason)}`,
    customer: ({ data }) => `Your deposit of ${money(data.amount)} is not paid back`,
  },
  TaxDetermined: {
    internal: ({ data }) =>
      `${data.engine} determined the taxes of ${countOf(data.lines.length, 'line')}`,
    customer: notTold,
  },
};
