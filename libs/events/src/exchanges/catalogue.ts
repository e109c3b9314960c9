import { exchangeOpened } from './exchange-opened.js';
import { exchangeSettled } from './exchange-settled.js';

/** The events of goods given back against others. */
export const exchangeEvents = {
  ExchangeOpened: exchangeOpened,
  ExchangeSettled: exchangeSettled,
} as const;
