import type { BackupManifest } from '../../backup/manifest.js';
import type { RestoreReport } from '../../backup/restore-daybook.js';
import { formatCount } from './table.js';

/** What a backup holds, and what it leaves to others. */
export function backupView(target: string, manifest: BackupManifest): readonly string[] {
  const { eventStore, ledgerEvents, kept, keys, ledgerId, takenAt } = manifest;
  const rows = kept.tables.reduce((sum, table) => sum + table.rows, 0);
  return [
    `Backup of the ledger ${ledgerId} as of ${takenAt}: ${target}`,
    eventStore === null
      ? "Event store: NOT in the backup. EVENTSTORE_URL names it: back it up first, with its operator's tools or with daybook eventstore copy."
      : `Event store: ${formatCount(ledgerEvents ?? 0)} ledger events, ${formatCount(eventStore.bytes)} bytes.`,
    `Kept tables: ${formatCount(rows)} rows of ${kept.tables.length} tables.`,
    keys.files.length === 0
      ? `Keys: NOT in the backup. Without the key file (${keys.expectedIn}) personal data stays closed: keep it elsewhere.`
      : `Keys: in the backup (${keys.files.length} files). Whoever has it can read personal data: guard it as the key file itself.`,
  ];
}

/** What was restored, and what to do next. */
export function restoreView(report: RestoreReport): readonly string[] {
  const { dataDirectory, ledgerId, takenAt, ledgerEvents, keptRows, hasKeys } = report;
  return [
    `Restored the ledger ${ledgerId} as of ${takenAt} into ${dataDirectory}.`,
    ledgerEvents === null
      ? 'Event store: not in the backup. Set EVENTSTORE_URL to the store of this ledger.'
      : `Event store: ${formatCount(ledgerEvents)} ledger events. Position tokens from before are refused.`,
    `Kept tables: ${formatCount(keptRows)} rows. The read models are derived at the next start.`,
    ...(hasKeys
      ? []
      : [`Keys: none. Put the key file into ${dataDirectory}/keys before the first start.`]),
    'Next: daybook serve, let the senders repeat what they sent since, then daybook verify --full.',
  ];
}
