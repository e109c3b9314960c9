import type { DecisionOutcome } from '#recording';
import { ProblemError } from '../problems/problem.js';
import { problemCodeOf } from '../problems/problem-registry.js';
import { unavailableProblem } from '../problems/unavailable-problem.js';
import type { PositionTokens } from '../reads/position-tokens.js';
import type { ApprovalNotice } from './approval-notices.js';

/** An accepted decision: durable, whatever happens after. */
export interface DecisionAnswer {
  readonly outcome: 'accepted';
  /** True where this very command had been accepted before. */
  readonly repeated: boolean;
  readonly leaf: string;
  /** The first of the events. */
  readonly eventId: string;
  readonly events: readonly { readonly eventId: string; readonly revision: number }[];
  readonly position: string | null;
  /** Of a decision by an approval that nobody granted so far. */
  readonly notice: ApprovalNotice | null;
}

/** The answer to an accepted decision; a refusal ends the request with the problem of its code. */
export async function decisionAnswer(
  outcome: DecisionOutcome,
  tokens: PositionTokens,
  notice: ApprovalNotice | null = null,
): Promise<DecisionAnswer> {
  if (outcome.outcome === 'unavailable') throw unavailableProblem(outcome);
  if (outcome.outcome === 'refused') {
    const { code, message, field, details, repeated } = outcome;
    throw new ProblemError({
      code: problemCodeOf(code),
      detail: message,
      field,
      extensions: { outcome: 'refused', repeated, ...(details ? { details } : {}) },
    });
  }
  const { repeated, leaf, events, position } = outcome;
  const [first] = events;
  if (first === undefined) throw new Error(`A decision on ${leaf} was accepted as no event.`);
  const token = (await tokens.tokenBehind([position])) ?? null;
  const { eventId } = first;
  return { outcome: 'accepted', repeated, leaf, eventId, events, position: token, notice };
}
