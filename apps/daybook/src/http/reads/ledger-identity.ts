/** Which ledger this is, and in which copy of its store. */
export class LedgerIdentity {
  constructor(
    readonly ledgerId: string,
    readonly storeId: string,
  ) {}
}
