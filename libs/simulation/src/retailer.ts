/** An article of the simulated retailer; prices are without tax. */
export interface Article {
  readonly sku: string;
  readonly priceMinor: number;
  /** Standard cost of one unit, as a decimal. */
  readonly cost: string;
}

/** The accounts through which the simulated retailer's systems report. */
export const accounts = {
  webShop: 'shopify.alder_eu',
  marketplace: 'amazon.alder_de',
  till: 'pos.alder_berlin',
  paymentProvider: 'stripe.alder',
  warehouse: 'wms.leipzig',
  carrier: 'dhl.alder',
  orderManagement: 'oms.alder',
  purchasing: 'erp.alder',
} as const;

/** One legal entity that sells from a warehouse and a store, in one currency and one tax rate. */
export const retailer = {
  legalEntity: 'alder_de',
  currency: 'EUR',
  taxPercent: 19,
  warehouse: 'dc_leipzig',
  store: 'store_berlin',
  uom: 'each',
  /** The debtor of what is sold through the marketplace. */
  marketplaceDebtor: 'amazon_de',
} as const;

const articleCount = 24;

/** What is always in stock. */
export const articles: readonly Article[] = Array.from({ length: articleCount }, (_, index) => {
  const costMinor = 400 + ((index * 737) % 4_500);
  return {
    sku: `ALD-${String(1_001 + index * 7)}`,
    priceMinor: costMinor * 2 + 95,
    cost: `${Math.floor(costMinor / 100)}.${String(costMinor % 100).padStart(2, '0')}`,
  };
});

/** What the warehouse has only a few of: allocations of it are refused once they are gone. */
export const scarceArticle: Article = { sku: 'ALD-LIMITED', priceMinor: 14_900, cost: '71.00' };
export const scarceUnits = 3;

/** What the store has one of and sells twice, as a till does that is offline. */
export const oversoldArticle: Article = { sku: 'ALD-DISPLAY', priceMinor: 5_900, cost: '28.50' };

const firstNames = [
  'Ada',
  'Bruno',
  'Clara',
  'Deniz',
  'Edda',
  'Falk',
  'Greta',
  'Hugo',
  'Ines',
  'Jan',
];
const lastNames = ['Ahrens', 'Bauer', 'Celik', 'Dorn', 'Ebert', 'Frank', 'Graf', 'Huber', 'Ivers'];
const streets = ['Lindenweg', 'Hafenstraße', 'Am Anger', 'Bahnhofstraße', 'Gartenweg'];
const cities = [
  ['10115', 'Berlin'],
  ['04109', 'Leipzig'],
  ['20095', 'Hamburg'],
  ['80331', 'München'],
] as const;

/** An invented person; the same number is always the same person. */
export function customerOf(number: number) {
  const first = firstNames[number % firstNames.length] ?? 'Ada';
  const last = lastNames[number % lastNames.length] ?? 'Ahrens';
  const [postalCode, city] = cities[number % cities.length] ?? cities[0];
  return {
    name: `${first} ${last}`,
    email: `${first}.${last}.${number}@example.org`.toLowerCase(),
    phone: `+49 30 5550${String(1_000 + (number % 9_000))}`,
    addresses: [
      {
        name: `${first} ${last}`,
        street: `${streets[number % streets.length] ?? 'Lindenweg'} ${1 + (number % 90)}`,
        postalCode,
        city,
        country: 'DE',
      },
    ],
  };
}
