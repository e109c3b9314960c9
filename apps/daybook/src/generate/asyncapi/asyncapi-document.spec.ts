import { describe, expect, it } from 'vitest';
import { definitionOf, eventTypes } from '#events';
import { asyncApiDocument } from './asyncapi-document.js';

type Json = Readonly<Record<string, unknown>>;

// As a reader of the file gets it.
const document = JSON.parse(JSON.stringify(asyncApiDocument())) as Json;
const at = (...path: readonly string[]): Json => valueAt(path) as Json;

function valueAt(path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (value as Json | undefined)?.[name], document);
}

function* referencesIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (name === '$ref' && typeof member === 'string') yield member;
    else yield* referencesIn(member);
  }
}

const targetOf = (reference: string): unknown => valueAt(reference.replace('#/', '').split('/'));

describe('the AsyncAPI document', () => {
  it('is of version 3 and names itself', () => {
    expect(document['asyncapi']).toBe('3.0.0');
    expect(at('info')).toMatchObject({ title: expect.any(String), version: expect.any(String) });
  });
  it('refers to nothing that is not there', () => {
    const references = [...new Set(referencesIn(document))];
    expect(references.length).toBeGreaterThan(eventTypes.length);
    expect(references.filter((reference) => targetOf(reference) === undefined)).toEqual([]);
  });
  it('takes every fact where facts are reported, and no decision', () => {
    const facts = eventTypes.filter((type) => definitionOf(type).mayBe.includes('fact'));
    expect(Object.keys(at('channels', 'facts', 'messages'))).toEqual(facts);
  });
  it.each(eventTypes)('has %s on the stream of each thing it may lie on', (type) => {
    for (const category of definitionOf(type).categories) {
      expect(at('channels', category, 'messages', type)).toEqual({
        $ref: `#/components/messages/${type}`,
      });
    }
    expect(at('components', 'messages', type)).toMatchObject({ name: type });
  });
  it('declares every parameter of an address, and no other', () => {
    for (const [name, channel] of Object.entries(at('channels') as Record<string, Json>)) {
      const inAddress = [...String(channel['address']).matchAll(/\{(\w+)\}/g)].map(
        ([, one]) => one,
      );
      expect([name, Object.keys((channel['parameters'] ?? {}) as Json)]).toEqual([name, inAddress]);
    }
  });
  it('uses only messages of an operation that its channel has', () => {
    for (const operation of Object.values(at('operations') as Record<string, Json>)) {
      const { channel, messages } = operation as {
        readonly channel: { readonly $ref: string };
        readonly messages: readonly { readonly $ref: string }[];
      };
      expect(['receive', 'send']).toContain(operation['action']);
      expect(targetOf(channel.$ref)).toBeDefined();
      expect(messages.filter(({ $ref }) => !$ref.startsWith(`${channel.$ref}/messages/`))).toEqual(
        [],
      );
    }
  });
  it('tells personal data as ciphertext in what is stored, and in clear in what is reported', () => {
    const sealed = { $ref: '#/components/schemas/SealedPersonalData' };
    for (const type of eventTypes) {
      for (const { field } of definitionOf(type).personalData) {
        expect(at('components', 'schemas', `${type}.stored`, 'properties', field)).toEqual(sealed);
        expect(at('components', 'schemas', type, 'properties', field)).not.toEqual(sealed);
      }
    }
  });
});
