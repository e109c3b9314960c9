import type { EventLog } from '../store/event-log.js';
import { isDeleted } from '../store/stream-states.js';
import { readRecordedContents } from '../wire/recorded-contents.js';
import { hiddenFromReaders } from './hidden-events.js';

/** The type of an event whose data, `<revision>@<stream>`, leads to another event. */
const LINK_TYPE = '$>';

const LINK = /^(\d{1,15})@(.+)$/s;

/** Finds the events that links lead to. A link is followed once: the target may be a link itself. */
export class LinkResolver {
  readonly #log: EventLog;
  readonly #now: () => number;

  constructor(log: EventLog, now: () => number) {
    this.#log = log;
    this.#now = now;
  }

  isLink(sequence: number): boolean {
    const { index } = this.#log;
    return index.typeName(index.typeNumber(sequence)) === LINK_TYPE;
  }

  /** The target's bytes, unless there is none or its stream's readers cannot see it. */
  async target(link: Buffer): Promise<Buffer | undefined> {
    const [, revisionText, name] =
      LINK.exec(readRecordedContents(link).data.toString('utf8')) ?? [];
    if (revisionText === undefined || name === undefined) return undefined;
    const { index, states, records } = this.#log;
    const revision = Number(revisionText);
    const stream = index.stream(name);
    const state = states.visible(name);
    if (stream === undefined || isDeleted(state)) return undefined;
    const sequence = stream.sequences.at(revision);
    if (sequence === undefined || revision >= index.visibleRevisions(stream)) return undefined;
    const hidden = await hiddenFromReaders(this.#log, stream, state, this.#now());
    if (revision < hidden) return undefined;
    const [target] = await records.read([sequence]);
    return target;
  }
}
