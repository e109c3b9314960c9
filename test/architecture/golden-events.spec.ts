import { describe, expect, it } from 'vitest';
import { leafDigest } from '#audit';
import {
  type AnyLedgerEvent,
  approvalNamedBy,
  businessKeyOf,
  definitionOf,
  type EventKeys,
  eventTypes,
  factIdOf,
  keysOf,
  readFact,
  type StoredMetadata,
  storedMetadataOf,
} from '#events';
import { categoryOf, decisionIdOf } from '#kernel';
import { fullFold } from '../fixtures/full-fold.js';
import { cloudEventOf, goldenEvents, goldenOf, readGolden } from './golden-events.js';

const claimPart = {
  home: 'claimPart-claim%2Ddhl%3Acl_1:shipment%2Dwms.dc1%3AS_1',
  reads: ['claim-dhl:cl_1'],
};
const shipment = 'shipment-wms.dc1:S_1';

/**
 * Where events belong now that joined the orders of several customers by what they lie on or name,
 * as decision 0040 settles it. What is stored of them and their ids are what they were.
 */
const settledAnew: Readonly<Record<string, Partial<EventKeys>>> = {
  CarrierClaimFiled: {
    ...claimPart,
    connects: ['event 5cfa5e44-1ce2-55fa-a72b-17a49836d12a', shipment],
  },
  CarrierClaimAccepted: {
    ...claimPart,
    connects: ['event 4189c729-8dbc-5ee9-b39e-9b693faa2e4f', shipment],
  },
  CarrierClaimRejected: {
    ...claimPart,
    connects: ['event 134a69f2-8f9d-594d-9460-1a83c8bf03ac', shipment],
  },
  CarrierClaimPaid: {
    ...claimPart,
    connects: ['event b7451f16-4e70-51dd-a576-678cb8b1b1a6', shipment],
  },
  FulfilmentRerouted: { connects: [] },
  CreditMemoIssued: { connects: ['return-returns.portal:rma_1'] },
  BreakResolved: { connects: ['event 200e09ac-99af-5056-93b2-06538d1917a4'] },
};

/** A payment reads what the names of its order are, where it names one. */
function namesRead({ leaf, data }: AnyLedgerEvent): readonly string[] {
  if (categoryOf(leaf) !== 'payment') return [];
  if ('orderRefs' in data) return data.orderRefs?.map(({ order }) => order) ?? [];
  return 'reference' in data && typeof data.reference === 'string' ? [data.reference] : [];
}

const versionOf = ({ metadata }: { readonly metadata: unknown }): number =>
  (metadata as StoredMetadata).schemaVersion;

describe('the golden events', () => {
  it.each(eventTypes)('hold one of %s in its newest version', (type) => {
    expect(goldenOf(type).type).toBe(type);
  });
  it('hold one of every version there ever was', () => {
    const names = new Set(goldenEvents.map(({ name }) => name));
    const versions = eventTypes.flatMap((type) =>
      Array.from({ length: definitionOf(type).schemaVersion }, (_, at) => `${type}.v${at + 1}`),
    );
    expect(versions.filter((name) => !names.has(name))).toEqual([]);
  });
  describe.each(goldenEvents.map((golden) => [golden.name, golden] as const))(
    'of %s',
    (name, golden) => {
      const event = readGolden(golden);
      const isNewest = versionOf(golden) === definitionOf(event.type).schemaVersion;
      const isNewestFact = isNewest && event.kind === 'fact';
      it('are still read', () => {
        expect(event).toMatchObject({
          type: golden.type,
          leaf: golden.leaf,
          eventId: golden.eventId,
          arrival: { revision: golden.revision },
        });
        expect(name).toBe(`${golden.type}.v${versionOf(golden)}`);
        if (isNewest) expect(event.data).toEqual(golden.data);
      });
      it('are folded without a contradiction of the program', () => {
        expect(fullFold([event]).size).toBeGreaterThan(0);
      });
      it.runIf(golden.settled)('still belong where they did', () => {
        const { businessKey, keys } = golden.settled ?? {};
        expect(businessKeyOf(event)).toBe(businessKey);
        const settled = { ...keys, ...settledAnew[golden.type] };
        // What was done by an approval reads it since what it was granted for is compared.
        const approval = approvalNamedBy(event);
        const reads = [
          ...(settled.reads ?? []),
          ...namesRead(event),
          ...(approval === undefined ? [] : [approval]),
        ];
        expect(keysOf(event)).toEqual({ ...settled, reads });
      });
      it('still have the digest that an auditor sealed', () => {
        const { leaf: stream, revision, eventId, type, data, metadata } = golden;
        const digest = leafDigest({ stream, revision, eventId, type, data, metadata });
        expect(digest.toString('hex')).toBe(golden.leafDigest);
      });
      it.runIf(isNewest)('would be stored with the same metadata today', () => {
        const { recordedAt, recordedBy, deliveryDigest, translatorVersion, sourceOffset, actor } =
          golden.metadata as StoredMetadata;
        const stamp = {
          recordedAt,
          recordedBy,
          deliveryDigest,
          translatorVersion,
          ...(sourceOffset === undefined ? {} : { sourceOffset }),
          ...(actor === undefined ? {} : { actor }),
        };
        expect(storedMetadataOf(event, stamp)).toEqual(golden.metadata);
      });
      it.runIf(isNewestFact)('still have the id their content gives them', () => {
        expect(factIdOf(event)).toBe(golden.eventId);
      });
      it.runIf(isNewestFact)('are the fact that a delivery of today would be', () => {
        const reading = readFact(cloudEventOf(event), { zoneOf: () => undefined });
        expect(reading).toMatchObject({
          outcome: 'understood',
          eventId: golden.eventId,
          leaf: golden.leaf,
        });
      });
    },
  );

  it('open a ledger by the decision every ledger is opened by', () => {
    expect(goldenOf('LedgerOpened').eventId).toBe(
      decisionIdOf({
        client: 'daybook',
        route: 'open',
        idempotencyKey: '',
        leaf: 'ledger-main',
        step: '0',
      }),
    );
  });
  it('are not read where the type, the version or the metadata is not known', () => {
    const golden = goldenEvents[0]!;
    const metadata = golden.metadata as StoredMetadata;
    const changed = [
      { ...golden, type: 'OrderExploded' },
      { ...golden, metadata: { ...metadata, schemaVersion: 2 } },
      { ...golden, metadata: null },
    ];
    expect(() => readGolden(changed[0]!)).toThrow('does not know');
    expect(() => readGolden(changed[1]!)).toThrow('version 2');
    expect(() => readGolden(changed[2]!)).toThrow('no metadata');
  });
});
