import { describe, expect, it } from 'vitest';
import { blockers } from './blockers.js';
import { nextStepOf, nextSteps } from './next-step.js';
import { orderStatuses } from './status.js';

const pairs = (['none', ...blockers] as const).flatMap((blocker) =>
  orderStatuses.map((status) => ({ blocker, status })),
);

describe('who acts next', () => {
  it('is decided for every status with every blocker and with none', () => {
    expect(Object.keys(nextSteps).sort()).toEqual(['none', ...blockers].sort());
    for (const { blocker, status } of pairs) {
      expect(nextSteps[blocker][status], `${status} with ${blocker}`).toMatchObject({
        owner: expect.stringMatching(/^[a-z_]+$/),
        clock: expect.stringMatching(/^[a-z_]+$/),
      });
    }
  });

  it('has no clock for nobody, and somebody where nothing blocks and units are to be sent', () => {
    for (const { blocker, status } of pairs) {
      const { owner, clock } = nextSteps[blocker][status];
      if (owner === 'nobody') expect(clock, `${status} with ${blocker}`).toBe('none');
    }
    expect(nextStepOf('captured', [])).toEqual({ owner: 'warehouse', clock: 'pick_due' });
    expect(nextStepOf('delivered', [])).toEqual({ owner: 'nobody', clock: 'none' });
  });

  it('follows the first of several blockers', () => {
    expect(nextStepOf('delivered', ['dispute_open', 'refund_owed'])).toEqual({
      owner: 'finance',
      clock: 'evidence_due',
    });
  });

  it('is nobody any more where a hold is left on what has arrived', () => {
    expect(nextStepOf('captured', ['on_hold']).owner).toBe('order_management');
    expect(nextStepOf('delivered', ['on_hold']).owner).toBe('nobody');
  });

  it('is the team of an open exception, and customer service where nobody knows its name', () => {
    const ownerOf = (team?: string) => nextStepOf('delivered', ['exception_open'], team).owner;
    expect(['finance', 'operations', 'warehouse', 'desk 7', undefined].map(ownerOf)).toEqual([
      'finance',
      'order_management',
      'warehouse',
      'customer_service',
      'customer_service',
    ]);
    const ofDispute = nextStepOf('delivered', ['dispute_open', 'exception_open'], 'operations');
    expect(ofDispute.owner).toBe('finance');
  });
});
