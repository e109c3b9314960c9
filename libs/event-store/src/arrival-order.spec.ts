import { describe, expect, it } from 'vitest';

import { ArrivalOrder } from './arrival-order.js';
import type { RecordedEvent } from './port.js';

const at = (commit: number): { commit: bigint; prepare: bigint } => ({
  commit: BigInt(commit),
  prepare: BigInt(commit),
});
const eventAt = (commit: number): RecordedEvent => ({
  stream: 'daybook.order-1',
  revision: 0,
  eventId: 'e',
  type: 'OrderCaptured',
  data: {},
  metadata: {},
  position: at(commit),
});

describe('the order in which a subscription receives', () => {
  it('goes on after the last event or checkpoint, whichever is later', () => {
    const order = new ArrivalOrder('start');
    order.receive(eventAt(5));
    expect(order.pass(at(9))).toBe(true);
    expect(order.reached).toEqual(at(9));
    order.receive(eventAt(12));
    expect(order.reached).toEqual(at(12));
  });

  it('takes no checkpoint that says nothing new', () => {
    const order = new ArrivalOrder(at(5));
    expect(order.pass(at(5))).toBe(false);
    expect(order.pass(at(4))).toBe(false);
    expect(order.reached).toEqual(at(5));
  });

  it.each([
    ['an event twice', 7],
    ['an event from before', 3],
  ])('is broken by %s', (_, commit) => {
    const order = new ArrivalOrder(at(2));
    order.receive(eventAt(7));
    expect(() => order.receive(eventAt(commit))).toThrow(/after 7\/7 was reached/);
  });

  it('is broken by an event that a checkpoint had passed', () => {
    const order = new ArrivalOrder('start');
    order.pass(at(10));
    expect(() => order.receive(eventAt(8))).toThrow(/position 8\/8/);
  });
});
