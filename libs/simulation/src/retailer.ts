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
  paymentProvider: 'stripe.alder',
  giftCards: 'giftcards.alder',
  bank: 'bank.alder',
  warehouse: 'wms.leipzig',
  carrier: 'dhl.alder',
  transport: 'tms.alder',
  orderManagement: 'oms.alder',
  purchasing: 'erp.alder',
  returnsDesk: 'returns.alder',
  serviceDesk: 'desk.alder',
  fraudCheck: 'fraud.alder',
  supplier: 'supplier.kiefer',
} as const;

/** The legal entity of web shop, marketplaces and warehouse, its currency and its tax rate. */
export const retailer = {
  legalEntity: 'alder_de',
  currency: 'EUR',
  taxPercent: 19,
  warehouse: 'dc_leipzig',
  uom: 'each',
  supplier: 'kiefer',
} as const;

/** A marketplace that owes the tax of what it sells and settles once a day. */
export interface Marketplace {
  readonly account: string;
  /** The debtor of what is sold through it. */
  readonly debtor: string;
  readonly commissionPercent: number;
}

export const marketplaces: readonly Marketplace[] = [
  { account: 'amazon.alder_de', debtor: 'amazon_de', commissionPercent: 15 },
  { account: 'zalando.alder', debtor: 'zalando', commissionPercent: 12 },
];

/** A store with one till. */
export interface Store {
  readonly node: string;
  /** The account of its till. */
  readonly account: string;
  readonly legalEntity: string;
  readonly taxPercent: number;
}

const citiesOfStores = (
  'berlin hamburg muenchen koeln frankfurt stuttgart duesseldorf leipzig ' +
  'dortmund essen bremen dresden hannover nuernberg duisburg bochum'
).split(' ');
const citiesAbroad = ['wien', 'graz', 'linz', 'salzburg'];

/** Twenty stores; those abroad belong to a legal entity of their own. */
export const stores: readonly Store[] = [
  ...citiesOfStores.map((city) => storeOf(city, retailer.legalEntity, retailer.taxPercent)),
  ...citiesAbroad.map((city) => storeOf(city, 'alder_at', 20)),
];

export const legalEntities: readonly string[] = [
  ...new Set(stores.map(({ legalEntity }) => legalEntity)),
];

function storeOf(city: string, legalEntity: string, taxPercent: number): Store {
  return { node: `store_${city}`, account: `pos.alder_${city}`, legalEntity, taxPercent };
}

/** The store that is known for its display piece. */
export const berlin: Store = storeOf('berlin', retailer.legalEntity, retailer.taxPercent);

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

/** Every store has a third of the articles. */
const assortments = 3;

export function assortmentOf(store: Store): readonly Article[] {
  const position = stores.findIndex(({ node }) => node === store.node);
  return articles.filter((_, index) => index % assortments === position % assortments);
}

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
