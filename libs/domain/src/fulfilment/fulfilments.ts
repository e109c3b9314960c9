import type { Effective, SubjectView } from '../subject-view.js';
import {
  inOccurrenceOrder,
  linesNamed,
  type Milestone,
  milestoneOf,
  type ThingFacts,
  thingsOf,
  unitsByLine,
  UnitsByLine,
} from './things.js';

/** Where a fulfilment is: what was done with the goods counts more than what was answered. */
export const fulfilmentStates = [
  'sourced',
  'requested',
  'accepted',
  'rejected',
  'moved',
  'picking',
  'picked',
  'packed',
] as const;
export type FulfilmentState = (typeof fulfilmentStates)[number];
export type FulfilmentAnswer = Exclude<FulfilmentState, 'picking' | 'picked' | 'packed'>;

/** Units of an order line that a place was asked to send or to hand over. */
export interface FulfilmentLine {
  readonly order: string;
  readonly orderLine: string;
  /** Units the place was asked for. */
  readonly qty: number;
  readonly picked: number;
  readonly packed: number;
  /** Units the place could not find. */
  readonly short: number;
}

/** Work for a place: units of orders to pick, pack and hand over. */
export interface Fulfilment {
  /** Its leaf. */
  readonly fulfilment: string;
  /** The place whose work it is now. */
  readonly node: string | null;
  readonly state: FulfilmentState;
  /** The last word between those who ask and those who answer, whatever was done since. */
  readonly answer: FulfilmentAnswer;
  readonly lines: readonly FulfilmentLine[];
  readonly sourced: Milestone | null;
  readonly requested: Milestone | null;
  readonly accepted: Milestone | null;
  readonly rejected: Milestone | null;
  /** The code of the last rejection. */
  readonly rejectedFor: string | null;
  readonly picked: Milestone | null;
  readonly packed: Milestone | null;
  readonly deadlineMissed: Milestone | null;
  /** When the units have to be picked, and when the place expects them ready. */
  readonly pickDueAt: string | null;
  readonly expectedAt: string | null;
  /** The fulfilment that goes on with it. */
  readonly movedTo: string | null;
}

/** The fulfilments of the homes given. */
export function fulfilmentsOf(
  view: SubjectView,
  attached: ReadonlySet<string>,
): readonly Fulfilment[] {
  return thingsOf(view, attached, [
    'SourcingDecided',
    'FulfilmentRequested',
    'FulfilmentAccepted',
    'FulfilmentRejected',
    'FulfilmentRerouted',
    'ItemsPicked',
    'ItemShortPicked',
    'ItemsPacked',
  ]).map(fulfilmentOf);
}

function fulfilmentOf(facts: ThingFacts): Fulfilment {
  const request = facts.effective('FulfilmentRequested').at(-1)?.event.data;
  const accepted = facts.effective('FulfilmentAccepted').at(-1)?.event.data;
  const rejections = facts.effective('FulfilmentRejected');
  const reroute = facts.effective('FulfilmentRerouted').at(-1)?.event.data;
  const [sourcing] = facts.effective('SourcingDecided').at(-1)?.event.data.lines ?? [];
  const lines = linesOf(facts);
  const answer = answerState(facts);
  return {
    fulfilment: facts.leaf,
    node: placeOf(facts) ?? sourcing?.node ?? null,
    state: workState(lines) ?? answer,
    answer,
    lines,
    sourced: milestoneOf(facts.effective('SourcingDecided')),
    requested: milestoneOf(facts.effective('FulfilmentRequested')),
    accepted: milestoneOf(facts.effective('FulfilmentAccepted')),
    rejected: milestoneOf(rejections),
    rejectedFor: rejections.at(-1)?.event.data.reason ?? null,
    picked: milestoneOf(facts.effective('ItemsPicked')),
    packed: milestoneOf(facts.effective('ItemsPacked')),
    deadlineMissed: milestoneOf(facts.effective('PickSlaMissed')),
    pickDueAt: request?.pickDueAt ?? null,
    expectedAt: accepted?.expectedAt ?? null,
    movedTo: reroute?.movedTo ?? null,
  };
}

/** What the last request asks for, else what sourcing gave it; and what was done with it. */
function linesOf(facts: ThingFacts): readonly FulfilmentLine[] {
  const requested = facts.effective('FulfilmentRequested').at(-1)?.event.data.lines;
  const sourced = facts.effective('SourcingDecided').at(-1)?.event.data.lines;
  const asked = unitsByLine([requested ?? sourced ?? []]);
  const picked = unitsByLine(facts.effective('ItemsPicked').map(({ event }) => event.data.lines));
  const packed = unitsByLine(facts.effective('ItemsPacked').map(({ event }) => event.data.lines));
  const short = new UnitsByLine();
  for (const { event } of facts.effective('ItemShortPicked')) short.add(event.data);
  return linesNamed(asked, picked, packed, short).map(({ order, orderLine }) => ({
    order,
    orderLine,
    qty: asked.of(order, orderLine),
    picked: picked.of(order, orderLine),
    packed: packed.of(order, orderLine),
    short: short.of(order, orderLine),
  }));
}

/** A request and a reroute each name the place from their time on. */
function placeOf(facts: ThingFacts): string | undefined {
  const placing = inOccurrenceOrder<
    Effective<'FulfilmentRequested'> | Effective<'FulfilmentRerouted'>
  >([...facts.effective('FulfilmentRequested'), ...facts.effective('FulfilmentRerouted')]);
  const last = placing.at(-1)?.event;
  return last?.type === 'FulfilmentRerouted' ? last.data.to : last?.data.node;
}

function workState(lines: readonly FulfilmentLine[]): FulfilmentState | undefined {
  const sum = (of: (line: FulfilmentLine) => number) =>
    lines.reduce((total, line) => total + of(line), 0);
  const wanted = sum(({ qty, short }) => Math.max(0, qty - short));
  const [picked, packed] = [sum((line) => line.picked), sum((line) => line.packed)];
  if (packed > 0 && packed >= wanted) return 'packed';
  if (picked > 0 && picked >= wanted) return 'picked';
  return picked + packed > 0 ? 'picking' : undefined;
}

const stateAfter = {
  FulfilmentRequested: 'requested',
  FulfilmentAccepted: 'accepted',
  FulfilmentRejected: 'rejected',
} as const;

function answerState(facts: ThingFacts): FulfilmentAnswer {
  const last = inOccurrenceOrder<
    | Effective<'FulfilmentRequested'>
    | Effective<'FulfilmentAccepted'>
    | Effective<'FulfilmentRejected'>
    | Effective<'FulfilmentRerouted'>
  >([
    ...facts.effective('FulfilmentRequested'),
    ...facts.effective('FulfilmentAccepted'),
    ...facts.effective('FulfilmentRejected'),
    ...facts.effective('FulfilmentRerouted'),
  ]).at(-1)?.event;
  if (last === undefined) return 'sourced';
  if (last.type !== 'FulfilmentRerouted') return stateAfter[last.type];
  return last.data.movedTo === undefined ? 'requested' : 'moved';
}
