import type { LanguageWording } from '../event-wording.js';
import { fulfilmentWording } from './fulfilment.js';
import { inventoryWording } from './inventory.js';
import { ledgerWording } from './ledger.js';
import { orderWording } from './orders.js';
import { oversightWording } from './oversight.js';
import { paymentWording } from './payments.js';
import { referenceWording } from './reference.js';
import { returnWording } from './returns.js';
import { ruleWording } from './rules.js';
import { sourceWording } from './sources.js';

export const english: LanguageWording = {
  ledger: ledgerWording,
  orders: orderWording,
  payments: paymentWording,
  inventory: inventoryWording,
  fulfilment: fulfilmentWording,
  returns: returnWording,
  oversight: oversightWording,
  sources: sourceWording,
  rules: ruleWording,
  reference: referenceWording,
};
