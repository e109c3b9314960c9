import type { ClientBase } from 'pg';
import type { Slice } from './queries.js';

/** What a contract comes to with one debtor. Minor units are texts. */
export interface ContractBalanceRow {
  /** The order's leaf. */
  readonly contract: string;
  readonly legalEntity: string;
  readonly currency: string;
  readonly debtor: string;
  readonly debitMinor: string;
  readonly creditMinor: string;
  /** Above zero the debtor owes it, below zero it is owed to the debtor. */
  readonly balanceMinor: string;
}

export interface ContractFilter {
  readonly contract?: string | undefined;
  readonly legalEntity?: string | undefined;
  /** Also contracts that are finished. */
  readonly all: boolean;
}

/** The key of a contract's balance in its list's order. */
export function contractKeyOf(row: ContractBalanceRow): readonly string[] {
  return [row.contract, row.legalEntity, row.currency, row.debtor];
}

/** What contracts come to by the proposed entries, in the order of their orders. */
export async function listContractBalances(
  client: ClientBase,
  { contract, legalEntity, all }: ContractFilter,
  { after, limit }: Slice,
): Promise<readonly ContractBalanceRow[]> {
  const { rows } = await client.query<ContractBalanceRow>(
    `SELECT contract, legal_entity AS "legalEntity", currency, debtor,
            debit_minor AS "debitMinor", credit_minor AS "creditMinor",
            debit_minor - credit_minor AS "balanceMinor"
       FROM contract_balance
      WHERE ($1::text IS NULL OR contract = $1) AND ($2::text IS NULL OR legal_entity = $2)
        AND ($3 OR debit_minor <> credit_minor)
        AND ($4::text IS NULL OR (contract, legal_entity, currency, debtor) > ($4, $5, $6, $7))
      ORDER BY contract, legal_entity, currency, debtor
      LIMIT $8`,
    [
      contract ?? null,
      legalEntity ?? null,
      all,
      ...Array.from({ length: 4 }, (_, index) => after?.[index] ?? null),
      limit + 1,
    ],
  );
  return rows;
}
