import { Injectable } from '@nestjs/common';
import { type ApprovalStanding, approvalStandingOf } from '#domain';
import { approvalNamedBy } from '#events';
import { StreamStates } from './stream-states.js';

/** What whoever decided has to know: by which finding the ledger waits for the approval. */
export interface ApprovalNotice {
  /** The leaf of the approval. */
  readonly approval: string;
  readonly finding: 'approval_missing';
  readonly message: string;
}

interface NamesApproval {
  /** Whose the approval is where it is named by its own id alone. */
  readonly account: string;
  readonly data: object;
}

/**
 * Tells whoever decides by an approval that nobody granted. The decision is taken all the same: the
 * approval may be known to another system and reach the ledger later.
 */
@Injectable()
export class ApprovalNotices {
  constructor(private readonly streams: StreamStates) {}

  async of(named: NamesApproval): Promise<ApprovalNotice | null> {
    const approval = approvalNamedBy(named);
    if (approval === undefined) return null;
    const read = await this.streams.read(approval);
    // What cannot be read says of no grant, and stops no decision.
    const standing = read.outcome === 'read' ? approvalStandingOf(approval, read.state) : 'unknown';
    if (standing === 'granted') return null;
    const message =
      `${approval} ${standingWords[standing]}. The decision is recorded all the same; ` +
      'the finding approval_missing tells of it until ApprovalGranted is recorded there.';
    return { approval, finding: 'approval_missing', message };
  }
}

const standingWords = {
  unknown: 'is not known yet',
  asked: 'was asked for and is not granted yet',
  denied: 'was denied',
} as const satisfies Record<Exclude<ApprovalStanding, 'granted'>, string>;
