/**
 * How the ids of a kind of thing are scoped: `account` by the account that issued them, `ledger`
 * ledger-wide, `single` by Daybook itself, so that no fact lies there and no event names them.
 */
export type CategoryScope = 'account' | 'ledger' | 'single';

export interface CategoryDefinition {
  readonly scope: CategoryScope;
  /** What the parts of its leaf are called; an account-scoped leaf begins with the issuing account. */
  readonly parts: readonly string[];
  /**
   * What one home holds: everything on a leaf, or one happening where a leaf would grow into a hub
   * that joins hundreds of orders into one cluster. An event kept by happening shares the name
   * `eventName(eventId)` with what corrects it. Kept by part, a document over many things has a home
   * for what it says of each, and one of its own leaf for what it says of all of them, which the
   * others read.
   */
  readonly keptBy: 'leaf' | 'happening' | 'part';
}

const ofAccount = (account: string, id: string): CategoryDefinition => ({
  scope: 'account',
  parts: [account, id],
  keptBy: 'leaf',
});

/** Every kind of thing that has streams. */
const table = {
  ledger: { scope: 'single', parts: ['main or seals'], keptBy: 'happening' },
  erasure: { scope: 'single', parts: ['erasure'], keptBy: 'leaf' },
  order: ofAccount('source', 'order'),
  payment: ofAccount('provider account', 'reference'),
  fulfilment: ofAccount('source', 'fulfilment'),
  shipment: ofAccount('source', 'shipment'),
  pickup: ofAccount('source', 'pickup'),
  return: ofAccount('source', 'return'),
  exchange: ofAccount('source', 'exchange'),
  transfer: { ...ofAccount('source', 'transfer'), keptBy: 'happening' },
  purchaseOrder: { ...ofAccount('source', 'purchase order'), keptBy: 'happening' },
  stockCount: { ...ofAccount('source', 'count'), keptBy: 'happening' },
  settlement: { ...ofAccount('provider account', 'batch'), keptBy: 'happening' },
  giftCard: { ...ofAccount('issuer', 'gift card'), keptBy: 'happening' },
  claim: { ...ofAccount('source', 'claim'), keptBy: 'part' },
  invoice: ofAccount('source', 'invoice'),
  supplierInvoice: { ...ofAccount('source', 'supplier invoice'), keptBy: 'happening' },
  exception: ofAccount('source', 'exception'),
  approval: ofAccount('source', 'approval'),
  recommendation: ofAccount('source', 'recommendation'),
  posting: ofAccount('source', 'posting'),
  reconciliation: { ...ofAccount('source', 'reconciliation'), keptBy: 'happening' },
  integration: { ...ofAccount('source', 'integration'), keptBy: 'happening' },
  item: { scope: 'ledger', parts: ['legal entity', 'sku'], keptBy: 'leaf' },
  inventory: { scope: 'ledger', parts: ['sku', 'node'], keptBy: 'happening' },
  till: { scope: 'ledger', parts: ['node', 'business day'], keptBy: 'happening' },
  location: { scope: 'ledger', parts: ['node'], keptBy: 'happening' },
  exchangeRate: { scope: 'ledger', parts: ['from', 'to'], keptBy: 'leaf' },
  source: { scope: 'ledger', parts: ['account', 'business day or batch'], keptBy: 'leaf' },
  authority: { scope: 'ledger', parts: ['event type', 'account'], keptBy: 'leaf' },
  ruleSet: { scope: 'ledger', parts: ['name', 'version'], keptBy: 'leaf' },
  period: { scope: 'ledger', parts: ['legal entity', 'period'], keptBy: 'leaf' },
} as const satisfies Readonly<Record<string, CategoryDefinition>>;

/** The kinds of thing that have streams, as leaves begin with them. */
export type Category = keyof typeof table;

export const categories: Readonly<Record<Category, CategoryDefinition>> = table;

export function isCategory(text: string): text is Category {
  return Object.hasOwn(table, text);
}

/** The kinds of thing that events name and facts lie on. */
export const objectCategories: readonly Category[] = Object.keys(table)
  .filter(isCategory)
  .filter((category) => categories[category].scope !== 'single');

/** How a leaf of a kind of thing is made, as people write it: `order-{source}:{order}`. */
export function leafFormOf(category: Category): string {
  return `${category}-${categories[category].parts.map((part) => `{${part}}`).join(':')}`;
}
