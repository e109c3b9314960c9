import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { EventIndex } from './event-index.js';
import { RECENT_EVENTS_MAX, RecentEventIds } from './recent-event-ids.js';

function numbered(number: number): Buffer {
  const id = Buffer.alloc(16);
  id.writeUInt32LE(number);
  return id;
}

function remembering(): {
  index: EventIndex;
  ids: RecentEventIds;
  add: (id: Buffer, stream?: string) => void;
} {
  const index = new EventIndex();
  const ids = new RecentEventIds(index);
  const add = (id: Buffer, stream = 's'): void => {
    ids.add(
      index.add(stream, { id, type: 'T', position: index.length, length: 1, checksum: 0 }),
      id,
    );
  };
  return { index, ids, add };
}

describe('the recent event ids', () => {
  it('find the newest event of a stream with an id, and none of another stream', () => {
    const { index, ids, add } = remembering();
    const id = randomBytes(16);
    add(id);
    add(id, 'other');
    add(id);
    expect(ids.find(index.stream('s')!, id)).toBe(2);
    expect(ids.find(index.stream('other')!, id)).toBe(1);
    expect(ids.find(index.stream('other')!, randomBytes(16))).toBeUndefined();
  });

  it('know nothing of the events that were there before', () => {
    const index = new EventIndex();
    const id = randomBytes(16);
    const stream = index.add('s', { id, type: 'T', position: 0, length: 1, checksum: 0 });
    expect(new RecentEventIds(index).find(stream, id)).toBeUndefined();
  });

  it('forget the oldest and keep every one of the others, however full they are', () => {
    const { index, ids, add } = remembering();
    const all = Array.from({ length: RECENT_EVENTS_MAX + 5_000 }, (_, number) => numbered(number));
    for (const id of all) add(id);
    const stream = index.stream('s')!;
    const found = all.map((id) => ids.find(stream, id));
    expect(found.slice(0, 5_000).every((sequence) => sequence === undefined)).toBe(true);
    expect(found.slice(5_000).every((sequence, index_) => sequence === index_ + 5_000)).toBe(true);
  });
});
