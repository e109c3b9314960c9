import type { DifferenceKind } from '#audit';

/** An event as far as it is known. */
export interface NamedEvent {
  /** The stream without the ledger's prefix. */
  readonly leaf: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
}

/** What a verification found to be wrong; every code is explained in docs/auditor-guide.md. */
export type AuditFinding =
  | {
      readonly code: 'checkpoint_refused';
      readonly seal: string;
      readonly message: string;
    }
  | {
      readonly code: 'seal_differs';
      readonly seal: string;
      readonly kind?: DifferenceKind;
      /** The first sequence that differs. */
      readonly sequence?: number;
      /** How many events are missing or too many there. */
      readonly events?: number;
      /** What stands there in the store. */
      readonly inStore?: NamedEvent;
      /** What the read models hold of that sequence, where they still hold another event. */
      readonly inReadModels?: NamedEvent;
      readonly message: string;
    }
  | {
      readonly code: 'checkpoints_inconsistent';
      readonly seals: readonly [string, string];
      readonly message: string;
    }
  | {
      readonly code: 'recorded_seal_differs';
      /** The sequence of the SealPublished. */
      readonly sequence: number;
      readonly message: string;
    }
  | {
      readonly code: 'revision_gap';
      readonly sequence: number;
      readonly found: NamedEvent;
      readonly revisionExpected: number;
      readonly message: string;
    }
  | {
      readonly code: 'order_broken' | 'ledger_not_opened' | 'ledger_differs';
      readonly sequence: number;
      readonly message: string;
    }
  | {
      readonly code: 'stream_truncated';
      readonly leaf: string;
      readonly how: 'truncated' | 'deleted' | 'tombstoned';
      readonly message: string;
    };

/** Counts every finding and keeps the first of them. */
export class AuditFindings {
  readonly first: AuditFinding[] = [];
  total = 0;

  constructor(private readonly findingsMax: number) {}

  add(finding: AuditFinding): void {
    this.total += 1;
    if (this.first.length < this.findingsMax) this.first.push(finding);
  }
}
