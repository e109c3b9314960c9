import type { StoreNotice } from '#event-store';

/** What the processes of a run of bursts are told, and what they say. */
export interface NodeStart {
  readonly seed: number;
  /** After how many live events the node ends a subscription. */
  readonly liveEventsMax: number | 'never';
}

export interface ProjectorStart {
  readonly eventStoreUrl: string;
  readonly databaseUrl: string;
  readonly batchEventsMax: number;
}

export type NodeWords =
  | {
      readonly kind: 'listening';
      readonly connectionString: string;
      readonly calmConnectionString: string;
    }
  | {
      readonly kind: 'stopped';
      readonly abortedSubscriptions: number;
      readonly cpuMicroseconds: number;
    };

export type ProjectorWords =
  | {
      readonly kind: 'progress';
      readonly state: string;
      readonly sequence: number;
      readonly repeated: number;
    }
  | { readonly kind: 'notice'; readonly notice: StoreNotice }
  | { readonly kind: 'stopped'; readonly end: string; readonly cpuMicroseconds: number };
