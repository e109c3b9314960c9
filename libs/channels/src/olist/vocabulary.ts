import type { Tender } from '#events';

/** Every `order_status` of the source, with the reason where it says that nothing more is sent. */
export const cancellationReasonByStatus: ReadonlyMap<string, string | undefined> = new Map([
  ['created', undefined],
  ['approved', undefined],
  ['invoiced', undefined],
  ['processing', undefined],
  ['shipped', undefined],
  ['delivered', undefined],
  ['unavailable', 'unavailable'],
  ['canceled', 'canceled'],
]);

/** Every `payment_type` of the source. A voucher is a tender of its own and clears no card. */
export const tenderByPaymentType: ReadonlyMap<string, Tender> = new Map([
  ['credit_card', 'card'],
  ['debit_card', 'card'],
  ['boleto', 'bank_transfer'],
  ['voucher', 'voucher'],
  ['not_defined', 'other'],
]);
