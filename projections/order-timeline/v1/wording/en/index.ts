import type { LanguageWording } from '../event-wording.js';
import { fulfilmentWording } from './fulfilment.js';
import { inventoryWording } from './inventory.js';
import { ledgerWording } from './ledger.js';
import { orderWording } from './orders.js';
import { oversightWording } from './oversight.js';
import { paymentWording } from './payments.js';
import { referenceWording } from './reference.js';
import { pickupWording } from './pickups.js';
import { transferWording } from './transfers.js';
import { exchangeWording } from './exchanges.js';
import { procurementWording } from './procurement.js';
import { countWording } from './counts.js';
import { returnWording } from './returns.js';
import { ruleWording } from './rules.js';
import { sourceWording } from './sources.js';

export const english: LanguageWording = {
  ledger: ledgerWording,
  orders: orderWording,
  payments: paymentWording,
  inventory: inventoryWording,
  fulfilment: fulfilmentWording,
  pickups: pickupWording,
  transfers: transferWording,
  exchanges: exchangeWording,
  procurement: procurementWording,
  counts: countWording,
  returns: returnWording,
  oversight: oversightWording,
  sources: sourceWording,
  rules: ruleWording,
  reference: referenceWording,
};
