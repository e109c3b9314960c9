import { type ContextWording, notTold } from '../event-wording.js';
import { because } from './phrases.js';

function personsWords(count: number): string {
  return count === 1 ? 'a person' : `${count} persons`;
}

export const ledgerWording: ContextWording<'ledger'> = {
  LedgerOpened: { internal: () => 'Opened the ledger', customer: notTold },
  EventCorrected: {
    internal: ({ data }) =>
      `Corrected ${data.target.type}: ${data.reason === 'did_not_occur' ? 'it did not happen' : 'the report was wrong'}`,
    customer: notTold,
  },
  SealPublished: {
    internal: ({ data }) => `Sealed the first ${data.size} events`,
    customer: notTold,
  },
  ErasureRequested: {
    internal: ({ data }) => `Asked to forget ${personsWords(data.subjects.length)}`,
    customer: () => 'You asked us to delete your personal data',
  },
  ErasureDeferred: {
    internal: ({ data }) => `Put the erasure off until ${data.until}${because(data.legalBasis)}`,
    customer: ({ data }) => `The law asks us to keep your personal data until ${data.until}`,
  },
  SubjectKeyDestroyed: {
    internal: ({ data }) => `Destroyed the keys of ${personsWords(data.keys.length)}`,
    customer: notTold,
  },
  ErasureCompleted: {
    internal: () => 'Completed the erasure',
    customer: () => 'Your personal data was deleted',
  },
};
