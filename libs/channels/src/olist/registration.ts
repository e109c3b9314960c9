import { leafOf } from '#kernel';

/** What has to be registered before deliveries of this channel can be read. */
export const olistRegistration = {
  account: 'olist',
  /** The data's times carry no zone; the company and its clocks are in São Paulo. */
  zone: 'America/Sao_Paulo',
  legalEntity: 'olist_br',
  currency: 'BRL',
} as const;

/** The leaf of an order of this channel. */
export function olistOrderLeaf(orderId: string): string {
  return leafOf('order', [olistRegistration.account, orderId]);
}
