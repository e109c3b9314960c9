/** What a node's program is told when it is started. */
export interface NodeStart {
  /** The folder of the embedded store; the floor's node has none. */
  readonly directory?: string;
  /** How many events the floor's node gives to whoever reads. */
  readonly framesCount?: number;
}

/** What a node has used since it was started, and holds now. */
export interface Usage {
  readonly cpuMicroseconds: number;
  readonly residentBytes: number;
}

/** What the bench asks a node's program. */
export type NodeQuestion = 'usage' | 'stop';

/** What a node's program says. */
export type NodeMessage =
  | {
      readonly kind: 'started';
      readonly connectionString: string;
      /** From the call that opens the node to the moment it listens. */
      readonly openedSeconds: number;
    }
  | ({ readonly kind: 'usage' } & Usage);
