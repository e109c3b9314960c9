import { readPositionToken, type PositionToken } from '#kernel';
import { ProblemError } from '../problems/problem.js';
import type { PositionWaiter } from '#projection-engine';
import type { KnownTail } from './known-tail.js';
import type { LedgerIdentity } from './ledger-identity.js';

/** Makes a read see a write that its caller knows of. */
export class ReadAfter {
  constructor(
    private readonly ledger: LedgerIdentity,
    private readonly tail: KnownTail,
    private readonly positions: PositionWaiter,
  ) {}

  /** Returns once the read models hold what the token names; otherwise ends with a problem. */
  async wait(text: string, timeoutMilliseconds: number): Promise<void> {
    const token = this.readToken(text);
    // While no announcement can be heard, the database itself says whether it is there at all.
    if (!this.positions.isListening && (await this.#isReached(token))) return;
    if (!(await this.#isRecorded(token))) {
      throw new ProblemError({
        code: 'position_beyond_tail',
        detail: 'The ledger ends before the position that "after" names.',
        field: 'after',
      });
    }
    const waited = await this.positions.waitFor(token, timeoutMilliseconds);
    if (waited === 'reached') return;
    if (waited === 'too_many_waiting') {
      throw new ProblemError({
        code: 'too_many_waiting',
        detail: 'As many requests wait for the read models as may.',
        field: 'after',
        retryAfterSeconds: 1,
      });
    }
    throw new ProblemError({
      code: 'position_not_reached',
      detail: `The read models did not reach the position within ${timeoutMilliseconds} ms.`,
      field: 'after',
      retryAfterSeconds: 1,
    });
  }

  /** A store that does not answer keeps nobody from reading what is applied already. */
  async #isRecorded(token: PositionToken): Promise<boolean> {
    try {
      return await this.tail.reaches(token);
    } catch (error) {
      if (await this.#isReached(token)) return true;
      throw error;
    }
  }

  async #isReached(token: PositionToken): Promise<boolean> {
    return (await this.positions.waitFor(token, 0)) === 'reached';
  }

  private readToken(text: string): PositionToken {
    const token = readPositionToken(text);
    if (token === undefined) throw invalidToken('The text is no position token.');
    if (token.ledgerId !== this.ledger.ledgerId) {
      throw invalidToken('The token was written by another ledger.');
    }
    if (token.storeId !== this.ledger.storeId) {
      throw invalidToken('The token was written before this ledger was copied to its store.');
    }
    return token;
  }
}

function invalidToken(detail: string): ProblemError {
  return new ProblemError({ code: 'position_token_invalid', detail, field: 'after' });
}
