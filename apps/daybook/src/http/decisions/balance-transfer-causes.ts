/** As the catalogue lists them; the catalogue is what a cause is checked against. */
export const balanceTransferCauses = ['exchange', 'duplicate', 'merge_reverted', 'other'] as const;
