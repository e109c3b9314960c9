import type { OnlineRetailInvoice, OnlineRetailLine } from './rows.js';

/** A line of a sale, as a credited line is tied to it. */
export interface SoldLine {
  readonly invoice: string;
  readonly line: string;
}

/** Why a credited line could not be tied to the sale it takes back. */
export type UntiedReason = 'several_originals' | 'no_original' | 'unknown_customer';

export type CreditTie =
  | { readonly outcome: 'tied'; readonly original: SoldLine }
  | { readonly outcome: 'untied'; readonly why: UntiedReason };

interface OpenLine extends SoldLine {
  readonly soldAt: number;
  readonly sold: number;
  left: number;
}

/**
 * What known customers bought and did not give back yet, by which a credited line finds its sale: of
 * the same customer, goods and unit price, sold before, with enough units left. Where several are, the
 * only one whose whole quantity comes back is meant. Anything else stays untied rather than guessed.
 *
 * Holds about a quarter of a kilobyte a line. Invoices have to come in order of time: then the same
 * files give the same ties, also where they are read again or more days follow.
 */
export class SoldLines {
  readonly #open = new Map<string, OpenLine[]>();

  /** Remembers the goods of a sale. */
  add({ number, customer, at }: OnlineRetailInvoice, lines: readonly OnlineRetailLine[]): void {
    if (customer === null) return;
    for (const line of lines) {
      if (line.kind !== 'goods') continue;
      const key = keyOf(customer, line);
      const { quantity } = line;
      const open: OpenLine = {
        invoice: number,
        line: line.line,
        soldAt: Date.parse(at),
        sold: quantity,
        left: quantity,
      };
      const others = this.#open.get(key);
      if (others === undefined) this.#open.set(key, [open]);
      else others.push(open);
    }
  }

  /** Finds the sale of credited goods and takes the units from what is left of it. */
  take({ customer, at }: OnlineRetailInvoice, line: OnlineRetailLine): CreditTie {
    if (customer === null) return { outcome: 'untied', why: 'unknown_customer' };
    const units = -line.quantity;
    const creditedAt = Date.parse(at);
    const candidates = (this.#open.get(keyOf(customer, line)) ?? []).filter(
      ({ soldAt, left }) => soldAt < creditedAt && left >= units,
    );
    const whole = candidates.filter(({ sold }) => sold === units);
    const [original, another] = candidates.length > 1 && whole.length === 1 ? whole : candidates;
    if (original === undefined) return { outcome: 'untied', why: 'no_original' };
    if (another !== undefined) return { outcome: 'untied', why: 'several_originals' };
    original.left -= units;
    return { outcome: 'tied', original: { invoice: original.invoice, line: original.line } };
  }
}

function keyOf(customer: string, { stockCode, unitMinor }: OnlineRetailLine): string {
  return JSON.stringify([customer, stockCode, unitMinor]);
}
