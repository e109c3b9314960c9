import { comparePositions, type StorePosition, writePositionToken } from '#kernel';
import type { LedgerStreams } from '../streams/ledger-streams.js';
import type { KnownTail } from './known-tail.js';
import type { LedgerIdentity } from './ledger-identity.js';

export const positionHeader = 'Daybook-Position';

/** Writes the tokens by which a client reads what it wrote. */
export class PositionTokens {
  constructor(
    private readonly ledger: LedgerIdentity,
    private readonly streams: LedgerStreams,
    private readonly tail: KnownTail,
  ) {}

  /**
   * A token at or behind all these writes. Where the place of one was not looked up again (null),
   * it is the end of the ledger as it is now.
   */
  async tokenBehind(positions: readonly (StorePosition | null)[]): Promise<string | undefined> {
    if (positions.length === 0) return undefined;
    const known = positions.filter((position) => position !== null);
    if (known.length < positions.length) {
      const tail = await this.streams.store.readTail(this.streams.prefix);
      if (tail !== undefined) return this.write(tail.position);
    }
    const last = known.reduce((most, each) => (comparePositions(most, each) < 0 ? each : most));
    return this.write(last);
  }

  /** @param position where an event of the ledger lies */
  write({ commit, prepare }: StorePosition): string {
    // Who reads what was written here need not ask the store whether it is there.
    this.tail.reached({ commit, prepare });
    const { ledgerId, storeId } = this.ledger;
    return writePositionToken({ ledgerId, storeId, commit, prepare });
  }
}
