import { categoryOf, leafOf } from '#kernel';

interface MayNameApproval {
  readonly account: string;
  readonly data: object;
}

/**
 * The leaf of the approval an event says it was done by; undefined where it names none. What is
 * named by its own id alone is one of the account that reports.
 */
export function approvalNamedBy({ account, data }: MayNameApproval): string | undefined {
  const { approval, approvalId = approval } = data as {
    readonly approval?: string;
    readonly approvalId?: string;
  };
  if (approvalId === undefined || categoryOf(approvalId) === 'approval') return approvalId;
  return leafOf('approval', [account, approvalId]);
}
