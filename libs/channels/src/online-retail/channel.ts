import type { Channel, DocumentTranslation } from '../channel.js';
import { openOnlineRetailFolder, type OnlineRetailFolder } from './read-folder.js';
import { onlineRetailRegistration } from './registration.js';
import { SoldLines } from './sold-lines.js';
import { translateInvoice } from './translate-invoice.js';

/** UCI's Online Retail: the invoices of a British wholesaler of gifts. */
export const onlineRetail: Channel = {
  name: 'online-retail',
  registration: onlineRetailRegistration,
  documents: 'invoices',
  folder: "the folder with Online Retail's CSV files, one a day",
  description: 'orders, credits and stock from the invoices of UCI Online Retail; may be repeated',
  hasFileADay: true,
  async open(path, limits) {
    const folder = await openOnlineRetailFolder(path, limits);
    if (folder.outcome === 'refused') return folder;
    return {
      outcome: 'opened',
      documentsTotal: folder.invoicesTotal,
      translations: () => translations(folder),
    };
  },
};

async function* translations(folder: OnlineRetailFolder): AsyncGenerator<DocumentTranslation> {
  const sold = new SoldLines();
  for await (const invoice of folder.invoices()) yield translateInvoice(invoice, sold);
}
