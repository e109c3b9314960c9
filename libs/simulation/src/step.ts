import type { CloudEventV1 } from 'cloudevents';
import type { EventData, EventType } from '#events';
import type { Money, Precision } from '#kernel';
import { retailer } from './retailer.js';

/** One delivery of one fact, as `POST /v1/events` takes it. */
export interface SimulatedDelivery<Type extends EventType = EventType> extends CloudEventV1<
  EventData<Type>
> {
  readonly type: Type;
  /** The leaf, where a fact of this class may lie on several kinds of thing. */
  readonly subject?: string;
  readonly objectid?: string;
  /** The account that issued the object's id, where it is not the one that reports. */
  readonly account?: string;
  readonly sku?: string;
  readonly node?: string;
  readonly precision?: Precision;
  readonly notbefore?: string;
  readonly version?: string;
  readonly transaction?: string;
  /** The business day or batch the source counts it in, and its number there. */
  readonly span?: string;
  readonly numberrange?: string;
  readonly sequence?: string;
}

interface AllocationLine {
  readonly line: string;
  readonly order: string;
  readonly orderLine: string;
  readonly owner: EventData<'StockAllocated'>['owner'];
  readonly qty: number;
  readonly uom: string;
}

/** What each decision route takes. */
export interface CommandBodies {
  readonly '/v1/allocations': {
    readonly sku: string;
    readonly node: string;
    readonly authority: string;
    readonly allocation: string;
    readonly lines: readonly AllocationLine[];
  };
  readonly '/v1/deallocations': {
    readonly sku: string;
    readonly node: string;
    readonly authority: string;
    readonly allocation: string;
    readonly deallocation: string;
    readonly lines: readonly {
      readonly line: string;
      readonly qty: number;
      readonly uom: string;
      readonly reason: string;
    }[];
  };
  readonly '/v1/credits': { readonly order: string } & EventData<'CreditGranted'>;
}

export type CommandRoute = keyof CommandBodies;

/** A decision that is asked for. */
export interface SimulatedCommand<Route extends CommandRoute = CommandRoute> {
  readonly route: Route;
  readonly client: string;
  readonly idempotencyKey: string;
  readonly body: CommandBodies[Route];
  /** What has to be decided where every step before it was taken. */
  readonly expected: 'accepted' | 'refused';
}

export type SimulatedStep =
  | { readonly kind: 'delivery'; readonly delivery: SimulatedDelivery }
  | { readonly kind: 'command'; readonly command: SimulatedCommand };

/** An amount in the retailer's currency. */
export function amount(minor: number, currency: string = retailer.currency): Money {
  return { minor, currency };
}

/** The stock of the entity that sells on the web. */
export const owner = ownerOf(retailer.legalEntity);

export function ownerOf(legalEntity: string) {
  return { kind: 'legal_entity', id: legalEntity } as const;
}
