import type { Refusal } from '#kernel';
import type { FactDelivery } from './fact-delivery.js';

/** What has to be registered before deliveries of a channel can be read. */
export interface ChannelRegistration {
  readonly account: string;
  /** The zone of the data's times, which carry none. */
  readonly zone: string;
  readonly legalEntity: string;
  /** Of all amounts. */
  readonly currency: string;
}

/** A source whose files can be imported. */
export interface Channel {
  /** As a command names it. */
  readonly name: string;
  readonly registration: ChannelRegistration;
  /** What is translated at a time, in the plural: `orders`. */
  readonly documents: string;
  /** What the folder has to hold, for a person to read. */
  readonly folder: string;
  /** In words for a person: what it brings, and from what. */
  readonly description: string;
  /** True where the folder has a file a day, so that the first days alone can be read. */
  readonly hasFileADay: boolean;
  /** @throws Error when a file is no CSV; the message names the line. */
  open(folder: string, limits?: ReadLimits): Promise<ChannelFolder | Refusal<FolderRefusalCode>>;
}

/** How much of a folder is read; all of it where nothing is said. */
export interface ReadLimits {
  readonly daysMax?: number | undefined;
}

/** Why a folder cannot be read as a channel's. */
export type FolderRefusalCode = 'file_missing' | 'column_missing';

/** The documents of a folder, translated as they are asked for. */
export interface ChannelFolder {
  readonly outcome: 'opened';
  readonly documentsTotal: number;
  translations(): AsyncGenerator<DocumentTranslation>;
}

/** What became of one document. One with a value that cannot be read is refused whole. */
export type DocumentTranslation = TranslatedDocument | RefusedDocument;

export interface TranslatedDocument {
  readonly outcome: 'translated';
  readonly document: string;
  /** The document's facts, in the order in which they are told of. */
  readonly deliveries: readonly FactDelivery[];
  /** A code for each thing worth counting that the facts alone do not show; left out where none. */
  readonly remarks?: readonly string[];
}

export interface RefusedDocument extends Refusal<string> {
  readonly document: string;
}
