import { describe, expect, it } from 'vitest';
import { authorityOf, definitionOf, eventTypes } from '#events';

describe('whose word a class takes', () => {
  const takes = (word: string) =>
    eventTypes.filter((type) => authorityOf(definitionOf(type)) === word);

  it('is the issuer’s where it posts or moves stock, corrections, credits and what others receive apart', () => {
    const moving = eventTypes.filter((type) => {
      const { posts, movesStock } = definitionOf(type).effect;
      return posts.does !== 'never' || movesStock.does !== 'never';
    });
    expect(moving.filter((type) => takes('any').includes(type))).toEqual([
      'EventCorrected',
      'CreditGranted',
      'PayoutReceived',
      'SupplierInvoiceMatched',
      'SupplierCreditNoteReceived',
    ]);
  });
  it('is anybody’s where other systems tell it in normal life', () => {
    expect(takes('any')).toEqual(
      expect.arrayContaining([
        'FraudCleared',
        'OrderAcknowledgedByErp',
        'OrderHoldPlaced',
        'OrderReleased',
        'ShipmentDelivered',
        'ExternalReferenceAttached',
      ]),
    );
  });
  it('is the issuer’s where an order’s lines or a claim on money rest on it', () => {
    expect(takes('issuer')).toEqual(
      expect.arrayContaining(['OrderCaptured', 'OrderCancelled', 'PaymentAuthorized']),
    );
  });
});
