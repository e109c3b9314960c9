import { Injectable } from '@nestjs/common';
import type { Decide, StreamFold } from '#domain';
import { canonicalDigest } from '#kernel';
import { PositionTokens } from '../reads/position-tokens.js';
import { localPrincipal, WritePath } from '../write-path.js';
import { ApprovalNotices } from './approval-notices.js';
import type { Attempt } from './attempt.js';
import { type DecisionAnswer, decisionAnswer } from './decision-answer.js';

/** A decision that is asked for, on the stream it is taken on. */
export interface AskedDecision<State> {
  readonly attempt: Attempt;
  readonly route: string;
  /** The command as it came: its key stands for it and for no other. */
  readonly request: { readonly actor?: string | undefined };
  readonly leaf: string;
  readonly fold: StreamFold<State>;
  readonly decide: Decide<State>;
}

/** Has a decision taken and answers it. */
@Injectable()
export class DecisionTaking {
  constructor(
    private readonly writePath: WritePath,
    private readonly tokens: PositionTokens,
    private readonly approvals: ApprovalNotices,
  ) {}

  async take<State>(asked: AskedDecision<State>): Promise<DecisionAnswer> {
    const { attempt, route, request, leaf, fold, decide } = asked;
    const notice = await this.approvals.of({ account: attempt.client, data: request });
    const outcome = await this.writePath.recorder.decide({
      ...attempt,
      route,
      requestDigest: canonicalDigest(request),
      leaf,
      recordedBy: localPrincipal,
      actor: request.actor,
      fold,
      decide,
    });
    return decisionAnswer(outcome, this.tokens, notice);
  }
}
