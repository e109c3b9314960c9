import { accounts } from '../retailer.js';
import type { Scene } from '../scene.js';
import { amount } from '../step.js';
import type { TillDay } from '../takings.js';
import { ticketRange } from './tickets.js';

const floatMinor = 20_000;
const openMinute = 470;
const closeMinute = 1_290;
const missingCashMinor = 350;
const shortPercent = 5;
const dayMinutes = 1_440;

/** Every till that sold is opened, closed and counted, and says how many tickets it wrote. */
export function closeTills(scene: Scene): void {
  for (const till of scene.takings.tillDays) close(scene, scene.minuteOf(till.day), till);
}

function close(scene: Scene, midnight: number, till: TillDay): void {
  const { store, day } = till;
  const session = { node: store.node, businessDay: day, register: '1', session: `Z-${day}` };
  const source = store.account;
  scene.tell(midnight + openMinute, {
    type: 'TillOpened',
    source,
    data: { ...session, float: amount(floatMinor) },
  });
  const expected = floatMinor + till.cashMinor;
  const counted = expected - (scene.random.chance(shortPercent) ? missingCashMinor : 0);
  scene.tell(midnight + closeMinute, {
    type: 'TillClosed',
    source,
    data: {
      ...session,
      legalEntity: store.legalEntity,
      counts: [{ tender: 'cash', expected: amount(expected), counted: amount(counted) }],
    },
  });
  if (counted > floatMinor) deposit(scene, midnight + dayMinutes, till, counted - floatMinor);
  tellTotal(scene, midnight + closeMinute + 30, till);
}

function deposit(scene: Scene, minute: number, { store, day }: TillDay, minor: number): void {
  scene.tell(minute, {
    type: 'CashDeposited',
    source: store.account,
    data: {
      node: store.node,
      businessDay: day,
      deposit: `BAG-${day}`,
      amount: amount(minor),
      legalEntity: store.legalEntity,
      register: '1',
      bankAccount: accounts.bank,
    },
  });
}

/** The first and the last number are told, so that a ticket that never came has a name. */
function tellTotal(scene: Scene, minute: number, { store, day, tickets, ticketsMinor }: TillDay) {
  if (tickets === 0) return;
  scene.tell(minute, {
    type: 'SourceControlTotalReceived',
    source: store.account,
    version: '1',
    data: {
      reporter: store.account,
      span: day,
      records: tickets,
      numberRange: ticketRange,
      firstSequence: 1,
      lastSequence: tickets,
      sums: [{ eventType: 'OrderCaptured', records: tickets, amount: amount(ticketsMinor) }],
    },
  });
}
