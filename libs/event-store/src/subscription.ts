import { setImmediate as nextTurn } from 'node:timers/promises';

import { ArrivalOrder } from './arrival-order.js';
import { Backoff, delayUnlessAborted } from './backoff.js';
import { openSubscription, type Received } from './open-subscription.js';
import type { SubscribeRequest, SubscriptionItem } from './port.js';
import { ReceivedItems } from './received-items.js';
import { recordedEventOf } from './recorded-event.js';
import type { StoreClient } from './store-client.js';
import { storeFailureOf, wordsOf } from './store-failure.js';
import type { StoreNotices } from './store-notices.js';

/** A connection that lasted so long was a good one, even where nothing was written meanwhile. */
const steadyMilliseconds = 1_000;
/**
 * Subscribes to `$all` under a prefix and stays subscribed. Where the connection is lost, the leader
 * moves or the node found this process too slow, what had been received is yielded first and the
 * next connection goes on after it; without delay while that makes progress.
 *
 * @throws Error when the node refuses the position, or sends anything twice or out of order.
 */
export async function* subscribeInBatches(
  client: StoreClient,
  notices: StoreNotices,
  request: SubscribeRequest,
  itemsMax: number,
): AsyncGenerator<readonly SubscriptionItem[]> {
  const { signal, streamPrefix } = request;
  if (streamPrefix === '') throw new Error('A subscription needs a stream prefix.');
  const order = new ArrivalOrder(request.after);
  const backoff = new Backoff();
  while (!signal.aborted) {
    const subscription = openSubscription(
      client.current,
      { streamPrefixes: [streamPrefix] },
      order.reached,
    );
    const received = new ReceivedItems<Received>(subscription);
    const openedAfter = order.reached;
    const openedAt = performance.now();
    let hasReceived = false;
    signal.addEventListener('abort', received.finish, { once: true });
    try {
      for (;;) {
        if (signal.aborted) return;
        const items = itemsOf(received.take(itemsMax), order);
        if (items.length > 0) {
          hasReceived = true;
          yield items;
        } else if (received.over) {
          break;
        } else {
          await received.changed();
          // One turn of the event loop, so that what came in one piece goes on in one batch.
          await nextTurn();
        }
      }
    } finally {
      signal.removeEventListener('abort', received.finish);
      await subscription.unsubscribe().catch(() => undefined);
    }
    const lasted = performance.now() - openedAt >= steadyMilliseconds;
    if (lasted || order.reached !== openedAfter) backoff.reset();
    noteInterruption(notices, received.failure, hasReceived);
    await delayUnlessAborted(backoff.next(), signal);
  }
}

function itemsOf(received: readonly Received[], order: ArrivalOrder): SubscriptionItem[] {
  const items: SubscriptionItem[] = [];
  for (const item of received) {
    if (!('kind' in item)) {
      const event = recordedEventOf(item);
      order.receive(event);
      items.push({ kind: 'event', event });
    } else if (item.kind === 'caught_up' || order.pass(item.position)) {
      items.push(item);
    }
  }
  return items;
}

function noteInterruption(notices: StoreNotices, error: unknown, hasReceived: boolean): void {
  const failure = error === undefined ? 'unreachable' : storeFailureOf(error);
  if (failure === 'refused' && !hasReceived) {
    throw new Error(
      `The event store refused a subscription: ${wordsOf(error)}. Is its position one of this store?`,
      { cause: error },
    );
  }
  if (failure === 'too_slow') {
    notices.note(
      'subscription_too_slow',
      'The node ended a live subscription since a burst outran it; it went on after the last event received.',
    );
    return;
  }
  notices.note(
    'subscription_interrupted',
    `A subscription was interrupted (${error === undefined ? 'the node ended it' : wordsOf(error)}); it goes on after the last event received.`,
  );
}
