import type { LanguageWording } from '../event-wording.js';
import { claimWording } from './claims.js';
import { countWording } from './counts.js';
import { exchangeWording } from './exchanges.js';
import { fulfilmentWording } from './fulfilment.js';
import { giftCardWording } from './gift-cards.js';
import { inventoryWording } from './inventory.js';
import { invoicingWording } from './invoicing.js';
import { ledgerWording } from './ledger.js';
import { orderWording } from './orders.js';
import { oversightWording } from './oversight.js';
import { paymentWording } from './payments.js';
import { pickupWording } from './pickups.js';
import { postingWording } from './postings.js';
import { procurementWording } from './procurement.js';
import { reconciliationWording } from './reconciliation.js';
import { referenceWording } from './reference.js';
import { returnWording } from './returns.js';
import { ruleWording } from './rules.js';
import { settlementWording } from './settlements.js';
import { sourceWording } from './sources.js';
import { tillWording } from './tills.js';
import { transferWording } from './transfers.js';

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
  settlements: settlementWording,
  giftCards: giftCardWording,
  tills: tillWording,
  claims: claimWording,
  invoicing: invoicingWording,
  postings: postingWording,
  reconciliation: reconciliationWording,
};
