import { leafOf } from '#kernel';
import type { ChannelRegistration } from '../channel.js';

export const olistRegistration = {
  account: 'olist',
  /** The company and its clocks are in São Paulo. */
  zone: 'America/Sao_Paulo',
  legalEntity: 'olist_br',
  currency: 'BRL',
} as const satisfies ChannelRegistration;

/** The leaf of an order of this channel. */
export function olistOrderLeaf(orderId: string): string {
  return leafOf('order', [olistRegistration.account, orderId]);
}
