import {
  allocateStock,
  type AllocationLine,
  type AllocationState,
  allocationFold,
  type CreditState,
  creditFold,
  deallocateStock,
  grantCredit,
  type ReferenceData,
} from '#domain';
import { canonicalDigest } from '#kernel';
import type { DecisionCommand } from '#recording';

const reference: ReferenceData = { accounts: {}, legalEntities: {}, authority: [] };
const stock = allocationFold(reference);
const credits = creditFold(reference);

export const mugAtBerlin = { sku: 'mug', node: 'berlin' };
export const mugLeaf = 'inventory-mug:berlin';

export function allocation(
  key: string,
  lines: readonly Partial<AllocationLine>[],
  more: { readonly allocation?: string; readonly leaf?: string } = {},
): DecisionCommand<AllocationState> {
  const command = {
    authority: 'daybook',
    asOf: '2026-03-01T12:00:00.000Z',
    allocation: more.allocation ?? key,
    lines: lines.map((line, index) => ({
      line: String(index + 1),
      order: 'order-shop.eu:1001',
      orderLine: '1',
      owner: { kind: 'legal_entity', id: 'DE01' },
      qty: 1,
      uom: 'piece',
      ...line,
    })),
  };
  return {
    client: 'oms',
    route: '/v1/allocations',
    idempotencyKey: key,
    requestDigest: canonicalDigest(command),
    leaf: more.leaf ?? mugLeaf,
    recordedBy: 'specification',
    fold: stock,
    decide: allocateStock(command),
  };
}

export function deallocation(
  key: string,
  allocationId: string,
  qty: number,
): DecisionCommand<AllocationState> {
  const command = {
    authority: 'daybook',
    allocation: allocationId,
    deallocation: key,
    lines: [{ line: '1', qty, uom: 'piece' }],
  };
  return {
    client: 'oms',
    route: '/v1/deallocations',
    idempotencyKey: key,
    requestDigest: canonicalDigest(command),
    leaf: mugLeaf,
    recordedBy: 'specification',
    fold: stock,
    decide: deallocateStock(command),
  };
}

export function credit(key: string, leaf: string, netMinor: number): DecisionCommand<CreditState> {
  const currency = 'EUR';
  const data = {
    creditMemo: key,
    legalEntity: 'DE01',
    currency,
    basis: 'goodwill' as const,
    lines: [{ net: { minor: netMinor, currency }, tax: { minor: 0, currency } }],
  };
  return {
    client: 'oms',
    route: '/v1/credits',
    idempotencyKey: key,
    requestDigest: canonicalDigest(data),
    leaf,
    recordedBy: 'specification',
    fold: credits,
    decide: grantCredit({ account: 'oms', credit: data }),
  };
}
