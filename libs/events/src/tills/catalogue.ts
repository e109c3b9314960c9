import { cashDeposited } from './cash-deposited.js';
import { posVoided } from './pos-voided.js';
import { tillClosed } from './till-closed.js';
import { tillOpened } from './till-opened.js';

/** The events of the registers of a store. */
export const tillEvents = {
  TillOpened: tillOpened,
  TillClosed: tillClosed,
  CashDeposited: cashDeposited,
  PosVoided: posVoided,
} as const;
