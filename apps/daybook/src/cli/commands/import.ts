import type { Channel, ChannelFolder } from '#channels';
import type { CommandContext } from '../composition.js';
import { sendDeliveries } from '../delivery-sender.js';
import { CommandFailure, exitCodes, type ExitCode } from '../exit-codes.js';
import { startProgress } from '../progress.js';
import { type ImportReport, importView, type UnreadableDocument } from '../views/import-view.js';
import { withDaybook } from '../with-daybook.js';
import { printAnswer, type ReadOptions } from './read-options.js';

export interface ImportOptions extends ReadOptions {
  /** Taken by channels whose folders have a file a day. */
  readonly days?: number;
}

/**
 * `daybook import <channel> <folder>`. What was sent before is recognised as a repeat, so an import
 * that was broken off goes on where it is run again.
 */
export async function runImport(
  context: CommandContext,
  channel: Channel,
  path: string,
  options: ImportOptions,
): Promise<ExitCode> {
  const folder = await channel.open(path, { daysMax: options.days });
  if (folder.outcome === 'refused') throw new CommandFailure(folder.message, exitCodes.usage);
  const { terminal } = context;
  return withDaybook(context, options, async (client) => {
    const { documents } = channel;
    const progress = startProgress(terminal, documents, folder.documentsTotal);
    const notes: TranslationNotes = { remarks: {}, unreadable: [] };
    const startedAt = performance.now();
    const groups = translatedGroups(folder, notes, () => progress.advance(1));
    const deliveries = await sendDeliveries(client, groups, () => undefined).finally(progress.end);
    const seconds = (performance.now() - startedAt) / 1_000;
    const report: ImportReport = {
      documents,
      folder: path,
      documentsRead: folder.documentsTotal,
      deliveries,
      seconds,
      ...notes,
    };
    printAnswer(terminal, options, report, () => importView(report));
    await client.waitUntilCaughtUp();
    const notRecorded = deliveries.quarantined + deliveries.refused + notes.unreadable.length;
    return notRecorded === 0 ? exitCodes.done : exitCodes.found;
  });
}

interface TranslationNotes {
  readonly remarks: Record<string, number>;
  readonly unreadable: UnreadableDocument[];
}

/** The deliveries of each document; one whose rows cannot be read is noted and left out. */
async function* translatedGroups(
  folder: ChannelFolder,
  { remarks, unreadable }: TranslationNotes,
  onDocument: () => void,
): AsyncGenerator<readonly object[]> {
  for await (const translation of folder.translations()) {
    onDocument();
    if (translation.outcome === 'refused') {
      const { document, code, message } = translation;
      unreadable.push({ document, code, message });
      continue;
    }
    for (const remark of translation.remarks ?? []) remarks[remark] = (remarks[remark] ?? 0) + 1;
    yield translation.deliveries;
  }
}
