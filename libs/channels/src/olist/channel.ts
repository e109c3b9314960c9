import type { Channel, DocumentTranslation } from '../channel.js';
import { openOlistFolder, type OlistFolder } from './read-folder.js';
import { olistRegistration } from './registration.js';
import { translateOlistOrder } from './translate-order.js';

/** The public order data of Olist, a Brazilian marketplace. */
export const olist: Channel = {
  name: 'olist',
  registration: olistRegistration,
  documents: 'orders',
  folder: "the folder with Olist's CSV files",
  description: "orders, payments and shipments from Olist's public CSV files; may be repeated",
  hasFileADay: false,
  async open(path) {
    const folder = await openOlistFolder(path);
    if (folder.outcome === 'refused') return folder;
    return {
      outcome: 'opened',
      documentsTotal: folder.ordersTotal,
      translations: () => translations(folder),
    };
  },
};

async function* translations(folder: OlistFolder): AsyncGenerator<DocumentTranslation> {
  for await (const order of folder.orders()) {
    yield { ...translateOlistOrder(order), document: order.order.order_id };
  }
}
