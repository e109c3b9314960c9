import { describe, expect, it } from 'vitest';
import { judgeSecured, type Credentials } from './judged-store.js';
import { appended, events, outcome, outline, transcribe, until } from './outlines.js';

const strangers: readonly (readonly [string, Credentials | undefined])[] = [
  ['a client without credentials', undefined],
  ['a wrong password', { username: 'admin', password: 'guessed' }],
  ['an unknown user', { username: 'nobody', password: 'only in specifications' }],
];

judgeSecured('security', (store) => {
  it('the administrator writes and reads', async () => {
    const stream = store.stream('secured');
    expect(await appended(store.client, stream, events(2), 'no_stream')).toBe('ok 1');
    expect(await outline(store.client.readStream(stream))).toBe('0 T, 1 T');
    await store.client.setStreamMetadata(stream, { acl: { readRoles: ['somebody'] } });
    expect(await outline(store.client.readStream(stream))).toBe('0 T, 1 T');
  });

  describe.each(strangers)('%s', (_who, credentials) => {
    it('reads nothing, writes nothing, subscribes to nothing', async () => {
      const stream = store.stream('refused');
      const client = store.clientOf(credentials);
      expect(await outline(client.readStream(store.stream('secured')))).toBe('access-denied');
      expect(await outline(client.readAll({ maxCount: 1 }))).toBe('access-denied');
      expect(await appended(client, stream, events(1))).toBe('access-denied');
      expect(await outcome(client.deleteStream(store.stream('secured')))).toBe('access-denied');
      expect(await outcome(client.tombstoneStream(store.stream('secured')))).toBe('access-denied');
      const lines = transcribe(client.subscribeToAll());
      await until(() => lines.length > 0);
      expect(lines).toEqual(['error access-denied']);
      expect(await outline(store.client.readStream(stream))).toBe('stream-not-found');
    });
  });

  it('credentials of one call count for that call', async () => {
    const stream = store.stream('per-call');
    const credentials = { username: 'admin', password: 'guessed' };
    const append = store.client.appendToStream(stream, events(1), { credentials });
    expect(await outcome(append)).toBe('access-denied');
    expect(await outline(store.client.readStream(stream, { credentials }))).toBe('access-denied');
    expect(await appended(store.client, stream, events(1), 'no_stream')).toBe('ok 0');
  });
});
