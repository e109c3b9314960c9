import { totalMinor } from '../pricing.js';
import { accounts, retailer } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount } from '../step.js';
import { referencesOf } from './payments.js';
import { returnByDesk } from './return-desk.js';
import { dayMinutes, sendUnreserved, type Story } from './story.js';

const feeMinor = 1_500;
const begunDaysAgo = 30;

type Outcome = 'open' | 'won' | 'lost';

/** All is returned and refunded, and then the customer's bank takes the money once more. */
function chargeback(outcome: Outcome): Story {
  return (scene, minute) => {
    const begun = minute - begunDaysAgo * dayMinutes;
    const { order, payment, capture } = sendUnreserved(scene, begun);
    for (const line of order.goods) {
      returnByDesk(scene, begun + 4 * dayMinutes, order, line, payment);
    }
    const disputed = { order, minor: totalMinor(order.goods) };
    const told: Told = {
      objectid: payment.objectid,
      orderRefs: referencesOf(payment, [disputed]),
      minor: disputed.minor,
      dispute: `dp_${scene.nextNumber()}`,
      capture,
    };
    open(scene, minute - 9 * dayMinutes, told, minute + 6 * dayMinutes);
    if (outcome === 'won') win(scene, minute, told);
    if (outcome === 'lost') lose(scene, minute, told);
    return order;
  };
}

interface Told {
  readonly objectid: string;
  readonly orderRefs: ReturnType<typeof referencesOf>;
  readonly minor: number;
  readonly dispute: string;
  readonly capture: string;
}

const source = accounts.paymentProvider;

function open(scene: Scene, minute: number, told: Told, dueMinute: number): void {
  const { objectid, orderRefs, minor, dispute } = told;
  scene.tell(minute, {
    type: 'DisputeOpened',
    source,
    objectid,
    data: {
      dispute,
      kind: 'chargeback',
      amount: amount(minor),
      orderRefs,
      capture: told.capture,
      reason: 'credit_not_processed',
    },
  });
  scene.tell(minute, {
    type: 'DisputeEvidenceDue',
    source,
    objectid,
    data: { dispute, dueAt: scene.dayOf(dueMinute) },
  });
  scene.tell(minute + 5, {
    type: 'DisputeFundsWithdrawn',
    source,
    objectid,
    data: { ...movement(told), withdrawal: `dw_${dispute}`, fee: amount(feeMinor) },
  });
}

function movement({ dispute, minor, orderRefs }: Told) {
  return {
    dispute,
    tender: 'card' as const,
    amount: amount(minor),
    legalEntity: retailer.legalEntity,
    orderRefs,
  };
}

function win(scene: Scene, minute: number, told: Told): void {
  const { objectid, dispute } = told;
  scene.tell(minute, { type: 'DisputeWon', source, objectid, data: { dispute } });
  scene.tell(minute + 1, {
    type: 'DisputeFundsReinstated',
    source,
    objectid,
    data: { ...movement(told), reinstatement: `dr_${dispute}` },
  });
}

function lose(scene: Scene, minute: number, told: Told): void {
  const { objectid, dispute } = told;
  scene.tell(minute, {
    type: 'DisputeLost',
    source,
    objectid,
    data: { dispute, reason: 'no_evidence' },
  });
}

export const chargebackOpen: Story = chargeback('open');
export const chargebackWon: Story = chargeback('won');
export const chargebackLost: Story = chargeback('lost');
