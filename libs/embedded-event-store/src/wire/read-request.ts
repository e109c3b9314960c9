import { decodeStreamIdentifier } from './append-messages.js';
import { WireReader } from './wire-reader.js';

/** `event_store.client.streams.ReadReq`: one stream or `$all`, once or as a subscription. */
export interface ReadRequest {
  readonly target: StreamTarget | AllTarget;
  readonly direction: 'forwards' | 'backwards';
  /** How many events at most, or all and then live. */
  readonly extent: number | 'subscription';
  readonly filter: FilterOptions | undefined;
  readonly resolveLinks: boolean;
  /** Ids as two 64-bit numbers instead of text. */
  readonly structuredIds: boolean;
}

export interface StreamTarget {
  readonly kind: 'stream';
  readonly stream: string;
  readonly from: number | 'start' | 'end';
}

export interface AllTarget {
  readonly kind: 'all';
  readonly from: { readonly commit: number; readonly prepare: number } | 'start' | 'end';
}

export interface FilterOptions {
  readonly on: 'stream' | 'type';
  readonly regex: string;
  readonly prefixes: readonly string[];
  /** Events looked at between two checkpoints. */
  readonly checkpointInterval: number;
}

/** Events looked at between two checkpoints where the client names no window. */
const SEARCH_WINDOW = 32;

/** Reads everything a client may ask for where it sets no count. */
const UNLIMITED = Number.MAX_SAFE_INTEGER;

export function decodeReadRequest(bytes: Buffer): ReadRequest {
  const reader = new WireReader(bytes);
  let request: ReadRequest = {
    target: { kind: 'all', from: 'start' },
    direction: 'forwards',
    extent: UNLIMITED,
    filter: undefined,
    resolveLinks: false,
    structuredIds: false,
  };
  while (reader.nextField()) {
    if (reader.field === 1) request = decodeOptions(reader.message(), request);
    else reader.skip();
  }
  return request;
}

function decodeOptions(reader: WireReader, defaults: ReadRequest): ReadRequest {
  let request = defaults;
  while (reader.nextField()) {
    switch (reader.field) {
      case 1:
        request = { ...request, target: decodeStreamTarget(reader.message()) };
        break;
      case 2:
        request = { ...request, target: { kind: 'all', from: decodeAllFrom(reader.message()) } };
        break;
      case 3:
        request = { ...request, direction: reader.unsigned() === 1 ? 'backwards' : 'forwards' };
        break;
      case 4:
        request = { ...request, resolveLinks: reader.unsigned() !== 0 };
        break;
      case 5:
        request = { ...request, extent: reader.unsigned() };
        break;
      case 6:
        request = { ...request, extent: 'subscription' };
        reader.skip();
        break;
      case 7:
        request = { ...request, filter: decodeFilter(reader.message()) };
        break;
      case 9:
        request = { ...request, structuredIds: hasField(reader.message(), 1) };
        break;
      default:
        reader.skip();
    }
  }
  return request;
}

function decodeStreamTarget(reader: WireReader): StreamTarget {
  let stream = '';
  let from: StreamTarget['from'] = 'start';
  while (reader.nextField()) {
    if (reader.field === 1) stream = decodeStreamIdentifier(reader.message());
    else if (reader.field === 2) from = reader.unsigned();
    else {
      if (reader.field === 4) from = 'end';
      reader.skip();
    }
  }
  return { kind: 'stream', stream, from };
}

function decodeAllFrom(reader: WireReader): AllTarget['from'] {
  let from: AllTarget['from'] = 'start';
  while (reader.nextField()) {
    if (reader.field === 1) from = decodePosition(reader.message());
    else {
      if (reader.field === 3) from = 'end';
      reader.skip();
    }
  }
  return from;
}

function decodePosition(reader: WireReader): { commit: number; prepare: number } {
  const position = { commit: 0, prepare: 0 };
  while (reader.nextField()) {
    if (reader.field === 1) position.commit = reader.unsigned();
    else if (reader.field === 2) position.prepare = reader.unsigned();
    else reader.skip();
  }
  return position;
}

function decodeFilter(reader: WireReader): FilterOptions {
  let on: FilterOptions['on'] = 'stream';
  let regex = '';
  let prefixes: readonly string[] = [];
  let window = SEARCH_WINDOW;
  let multiplier = 1;
  while (reader.nextField()) {
    if (reader.field === 1 || reader.field === 2) {
      on = reader.field === 1 ? 'stream' : 'type';
      ({ regex, prefixes } = decodeExpression(reader.message()));
    } else if (reader.field === 3) window = reader.unsigned();
    else if (reader.field === 5) multiplier = reader.unsigned();
    else reader.skip();
  }
  return { on, regex, prefixes, checkpointInterval: Math.max(1, window * multiplier) };
}

function decodeExpression(reader: WireReader): { regex: string; prefixes: readonly string[] } {
  const prefixes: string[] = [];
  let regex = '';
  while (reader.nextField()) {
    if (reader.field === 1) regex = reader.text();
    else if (reader.field === 2) prefixes.push(reader.text());
    else reader.skip();
  }
  return { regex, prefixes };
}

function hasField(reader: WireReader, field: number): boolean {
  let found = false;
  while (reader.nextField()) {
    found ||= reader.field === field;
    reader.skip();
  }
  return found;
}
