import { setImmediate as nextTurn } from 'node:timers/promises';
import { EventStoreDBClient, type Position, START } from '@eventstore/db-client';
import { describe, expect, it } from 'vitest';
import { HostileNode } from '../../doubles/hostile-node.js';
import type { HostilePlanOptions } from '../../doubles/hostile-node-plan.js';
import { openAppendStream } from './append-stream.js';
import { appendOutline, events, outline, until } from './open-store.js';

async function withHostileNode(
  plan: HostilePlanOptions,
  run: (client: EventStoreDBClient, node: HostileNode) => Promise<void>,
): Promise<void> {
  const node = await HostileNode.start({ seed: 5, plan });
  const client = EventStoreDBClient.connectionString(node.connectionString);
  try {
    await run(client, node);
  } finally {
    await client.dispose();
    await node.stop();
  }
}

/** How often one append is answered until its stream ends. */
async function answersTo(node: HostileNode, stream: string): Promise<readonly string[]> {
  const appends = openAppendStream(node.connectionString);
  appends.send({ correlation: 'c7f1c6a3', stream, types: ['T'], isFinal: true });
  return appends.end();
}

describe('a hostile node', () => {
  it('without a plan is a node like any other', async () => {
    await withHostileNode({}, async (client, node) => {
      expect(await appendOutline(client, 's', events(3), 'no_stream')).toBe('ok 2');
      expect(await appendOutline(client, 's', events(3), 'no_stream')).toBe('no_stream≠2');
      expect(await outline(client.readStream('s'))).toHaveLength(3);
      expect(await outline(client.readStream('missing'))).toBe('stream-not-found');
      expect(node.counters).toMatchObject({ appends: 2, met: { drop_before_write: 0 } });
    });
  });

  it('loses an append before it is written, and an answer after it was', async () => {
    const script = ['drop_before_write', 'drop_after_write', 'none'] as const;
    await withHostileNode({ script }, async (client, node) => {
      expect(await appendOutline(client, 'before', events(1), 'no_stream')).toBe('unavailable');
      expect(await outline(client.readStream('before'))).toBe('stream-not-found');
      const sent = events(1);
      expect(await appendOutline(client, 'after', sent, 'no_stream')).toBe('unavailable');
      expect(await outline(client.readStream('after'))).toEqual(['0 T']);
      expect(await appendOutline(client, 'after', sent, 'no_stream')).toBe('ok 0');
      expect(node.counters.met).toMatchObject({ drop_before_write: 1, drop_after_write: 1 });
    });
  });

  it('answers an append twice', async () => {
    await withHostileNode({ script: ['answer_twice', 'none'] }, async (_client, node) => {
      const twice = await answersTo(node, 's');
      expect(twice).toEqual(['c7f1c6a3 ok 0', 'c7f1c6a3 ok 0']);
      expect(await answersTo(node, 's')).toEqual(['c7f1c6a3 ok 1']);
    });
  });

  it('that starts again forgets the ids it saw, and knows those that stand behind a revision', async () => {
    await withHostileNode({}, async (client, node) => {
      const [unversioned, exact] = [events(2), events(2)];
      expect(await appendOutline(client, 'any', unversioned, 'any')).toBe('ok 1');
      expect(await appendOutline(client, 'any', unversioned, 'any')).toBe('ok 1');
      expect(await appendOutline(client, 'exact', exact, 'no_stream')).toBe('ok 1');
      await node.restart();
      expect(await appendOutline(client, 'exact', exact, 'no_stream')).toBe('unavailable');
      expect(await appendOutline(client, 'exact', exact, 'no_stream')).toBe('ok 1');
      expect(await appendOutline(client, 'any', unversioned, 'any')).toBe('ok 3');
    });
  });

  it('that stands still answers nothing until it goes on', async () => {
    await withHostileNode({}, async (client, node) => {
      await client.appendToStream('s', events(1));
      node.freeze();
      let isAnswered = false;
      const answer = appendOutline(client, 's', events(1), 0n).finally(() => (isAnswered = true));
      for (let turn = 0; turn < 200; turn += 1) await nextTurn();
      expect(isAnswered).toBe(false);
      node.thaw();
      expect(await answer).toBe('ok 1');
    });
  });

  it('that leads no more names another address, where the client goes on', async () => {
    await withHostileNode({ script: ['not_leader'] }, async (client) => {
      expect(await appendOutline(client, 's', events(1), 'no_stream')).toBe('not-leader');
      expect(await appendOutline(client, 's', events(1), 'no_stream')).toBe('ok 0');
    });
  });

  it('ends a subscription that is live for 32 events, and not one that catches up', async () => {
    await withHostileNode({}, async (client, node) => {
      await client.appendToStream('s', events(100));
      const numbers: number[] = [];
      const errors: string[] = [];
      let after: Position | typeof START = START;
      const subscribe = (): void => {
        client
          .subscribeToAll({ fromPosition: after })
          .on('error', (error) => errors.push(String(error)))
          .on('data', ({ event }) => {
            numbers.push((event!.data as { number: number }).number);
            after = event!.position;
          });
      };
      subscribe();
      await until(() => numbers.length === 100);
      for (let turn = 0; turn < 4; turn += 1) {
        await client.appendToStream('s', events(10, 100 + turn * 10));
      }
      await until(() => errors.length === 1);
      expect(errors[0]).toMatch(/ABORTED.*Consumer too slow/);
      expect(numbers).toHaveLength(132);
      subscribe();
      await until(() => numbers.length === 140);
      expect(numbers).toEqual(Array.from({ length: 140 }, (_, number) => number));
      expect(node.counters.abortedSubscriptions).toBe(1);
    });
  });

  it('does the same again with the same seed', async () => {
    const chances = { drop_before_write: 0.2, drop_after_write: 0.2 };
    const run = async (): Promise<readonly string[]> => {
      const answers: string[] = [];
      await withHostileNode({ chances }, async (client) => {
        for (let turn = 0; turn < 40; turn += 1) {
          answers.push(await appendOutline(client, `s-${turn}`, events(1), 'no_stream'));
        }
      });
      return answers;
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(new Set(first)).toEqual(new Set(['ok 0', 'unavailable']));
  });
});
