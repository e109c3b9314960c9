import { leafOf } from '#kernel';
import type { ChannelRegistration } from '../channel.js';
import { columnReadingOf } from '../column-reading.js';

export const onlineRetailRegistration = {
  account: 'online_retail',
  /** The retailer and its clocks are in London. */
  zone: 'Europe/London',
  legalEntity: 'online_retail_gb',
  currency: 'GBP',
} as const satisfies ChannelRegistration;

/** The files name no place where goods are kept: all are the retailer's, in one. */
export const onlineRetailNode = 'online_retail';

export const { readTime, readAmount } = columnReadingOf(onlineRetailRegistration);

/** The leaf of the order that an invoice of sale stands for. */
export function onlineRetailOrderLeaf(invoice: string): string {
  return leafOf('order', [onlineRetailRegistration.account, invoice]);
}
