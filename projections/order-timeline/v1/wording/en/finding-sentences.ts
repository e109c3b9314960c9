import type { FindingWording } from '../finding-wording.js';
import { findingsAboutGoods } from './findings-about-goods.js';
import { findingsAboutMoney } from './findings-about-money.js';
import { findingsAboutOrders } from './findings-about-orders.js';

/** What a finding says of one subject; `findings.ts` tells what its code means of any. */
export const findingSentences: FindingWording = {
  ...findingsAboutOrders,
  ...findingsAboutMoney,
  ...findingsAboutGoods,
};
