import { describe, expect, it } from 'vitest';
import { leafDigest } from '#audit';
import {
  definitionOf,
  eventTypes,
  factIdOf,
  fieldsOf,
  readFact,
  type StoredMetadata,
  storedMetadataOf,
} from '#events';
import { decisionIdOf } from '#kernel';
import { cloudEventOf, goldenEvents, goldenOf, readGolden } from './golden-events.js';

describe('the golden events', () => {
  it.each(eventTypes)('hold one of %s in its newest version', (type) => {
    expect(goldenOf(type).type).toBe(type);
  });
  it.each(eventTypes)('fill every field of %s', (type) => {
    const event = goldenOf(type);
    const given = Object.keys(event.data);
    const fields = [...fieldsOf(definitionOf(type).dataClass).keys()];
    const exclusive = type === 'StockReceived' ? ['returnRef'] : [];
    expect(fields.filter((field) => !given.includes(field))).toEqual(exclusive);
  });

  describe.each(goldenEvents.map((golden) => [golden.name, golden] as const))(
    'of %s',
    (name, golden) => {
      const event = readGolden(golden);
      it('are still read', () => {
        expect(event).toMatchObject({
          type: golden.type,
          leaf: golden.leaf,
          eventId: golden.eventId,
          data: golden.data,
          arrival: { revision: golden.revision },
        });
        expect(name).toBe(`${golden.type}.v${definitionOf(event.type).schemaVersion}`);
      });
      it('still have the digest that an auditor sealed', () => {
        const { leaf: stream, revision, eventId, type, data, metadata } = golden;
        const digest = leafDigest({ stream, revision, eventId, type, data, metadata });
        expect(digest.toString('hex')).toBe(golden.leafDigest);
      });
      it('would be stored with the same metadata today', () => {
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
      it.runIf(event.kind === 'fact')('still have the id their content gives them', () => {
        expect(factIdOf(event)).toBe(golden.eventId);
      });
      it.runIf(event.kind === 'fact')('are the fact that a delivery of today would be', () => {
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
