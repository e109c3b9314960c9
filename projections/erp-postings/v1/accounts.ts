import type { CreditBasis, Tender } from '#events';

/** The accounts of rule set 1. A chart of a legal entity maps them to its own numbers. */
export const accounts = {
  contract: 'contract',
  revenue: 'revenue',
  shippingRevenue: 'shipping_revenue',
  discounts: 'discounts',
  taxPayable: 'tax_payable',
  feeIncome: 'fee_income',
  costOfGoodsSold: 'cost_of_goods_sold',
  inventory: 'inventory',
  goodsReceivedNotInvoiced: 'goods_received_not_invoiced',
  giftCardLiability: 'gift_card_liability',
} as const;

/** Where money of each tender waits until it is settled; a redeemed liability is its own account. */
const clearingByTender: Readonly<Record<Tender, string>> = {
  card: 'clearing_card',
  cash: 'clearing_cash',
  gift_card: accounts.giftCardLiability,
  store_credit: 'store_credit_liability',
  voucher: 'clearing_voucher',
  loyalty: 'clearing_loyalty',
  bank_transfer: 'clearing_bank_transfer',
  cash_on_delivery: 'clearing_cash_on_delivery',
  buy_now_pay_later: 'clearing_buy_now_pay_later',
  invoice: 'clearing_invoice',
  marketplace: 'clearing_marketplace',
  other: 'clearing_other',
};

export function clearingAccountOf(tender: Tender): string {
  return clearingByTender[tender];
}

const creditAccountByBasis: Readonly<Record<CreditBasis, string>> = {
  return: 'sales_returns',
  shipping: 'shipping_refunds',
  goodwill: 'sales_allowances',
  price_adjustment: 'sales_allowances',
  lost: 'sales_allowances',
  short: 'sales_allowances',
};

export function creditAccountOf(basis: CreditBasis): string {
  return creditAccountByBasis[basis];
}
