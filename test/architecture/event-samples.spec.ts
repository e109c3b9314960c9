import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import {
  businessKeyOf,
  categories,
  definitionOf,
  eventName,
  eventTypes,
  fieldsOf,
  isCategory,
  jsonSchemaOf,
  keptApart,
  keysOf,
  readFact,
  statementKeyOf,
} from '#events';
import { categoryOf } from '#kernel';
import { customerWordsOf, wordsOf } from '../../projections/order-timeline/v1/wording/index.js';
import { sampleOf } from '../fixtures/events/index.js';
import { fullFold } from '../fixtures/full-fold.js';
import { fieldsIn, readGolden, storedForm } from './golden-events.js';
import { deliveryOf, understoodSample } from './sample-events.js';

const factTypes = eventTypes.filter((type) => definitionOf(type).mayBe.includes('fact'));
const decisionTypes = eventTypes.filter((type) => !factTypes.includes(type));

describe.each(eventTypes)('a sample of %s', (type) => {
  const definition = definitionOf(type);
  const event = understoodSample(type);
  const recorded = readGolden({ name: type, ...storedForm(event) });

  it('fills every field that does not exclude another', () => {
    const { data, leavesOut = [] } = sampleOf(type);
    const given = Object.keys(data);
    const fields = [...fieldsOf(definition.dataClass).keys()];
    expect(fields.filter((field) => !given.includes(field))).toEqual(leavesOut);
  });
  it('is valid by its JSON Schema', () => {
    const validate = new Ajv2020({ strict: false }).compile(jsonSchemaOf(type));
    validate(sampleOf(type).data);
    expect(validate.errors ?? []).toEqual([]);
  });
  it('is the same event when it is read a second time', () => {
    expect(understoodSample(type)).toEqual(event);
  });
  it('is placed by texts alone, none of them empty', () => {
    const { home, connects, subjects, reads, absorbedBy } = keysOf(event);
    const names = [home, ...connects, ...subjects, ...reads, ...absorbedBy];
    expect(names.filter((name) => typeof name !== 'string' || name === '')).toEqual([]);
    expect(statementKeyOf(event).every((part) => typeof part === 'string')).toBe(true);
    expect(businessKeyOf(event) ?? `["${type}"]`).toMatch(new RegExp(`^\\["${type}"`));
  });
  it('is kept as its kind of thing is', () => {
    const category = categoryOf(event.leaf);
    if (!isCategory(category)) throw new Error(`${category} is no category.`);
    const { home, connects } = keysOf(event);
    const { scope } = categories[category];
    if (scope === 'single') return;
    const keptBy = keptApart.includes(type) ? 'happening' : categories[category].keptBy;
    expect(home === event.leaf).toBe(keptBy === 'leaf');
    expect(connects.includes(eventName(event.eventId))).toBe(keptBy !== 'leaf');
  });
  it('survives being stored and read', () => {
    const { arrival: _arrival, ...read } = recorded;
    const clear = Object.fromEntries(
      definition.personalData.map(({ field }) => [
        field,
        Reflect.get(event.data, field) as unknown,
      ]),
    );
    expect({ ...read, data: { ...fieldsIn(read.data), ...clear } }).toEqual(event);
  });
  it('is told in words, without personal data', () => {
    const words = [wordsOf(recorded), customerWordsOf(recorded) ?? 'nothing'];
    for (const text of words) {
      expect(text).toMatch(/^\S.*\S$/s);
      expect(text).not.toMatch(/undefined|null|\[object|NaN/);
    }
  });
  it('is told to a customer without names of systems, things and places', () => {
    const words = customerWordsOf(recorded) ?? '';
    expect(words).not.toContain(event.account);
    expect(words).not.toMatch(/[a-z]+-[a-z0-9_.]+:/);
  });
  it('is folded', () => {
    expect(fullFold([recorded]).size).toBeGreaterThan(0);
  });
});

describe('who may tell', () => {
  it.each(factTypes)('%s with its leaf and without', (type) => {
    const delivery = deliveryOf(type);
    const reading = readFact(delivery, { zoneOf: () => undefined });
    expect(reading).toMatchObject({ outcome: 'understood', leaf: delivery['subject'] });
  });
  it.each(decisionTypes)('%s is Daybook alone', (type) => {
    const reading = readFact(deliveryOf(type), { zoneOf: () => undefined });
    expect(reading).toMatchObject({ outcome: 'refused', code: 'event_type_is_decision' });
  });
});
