import { describe, expect, it } from 'vitest';
import { type Change, filesThatMiss } from './adding-an-event.js';

const deep = process.env['DAYBOOK_TEST_SIZE'] === 'deep';

/** In the deep size all sources are compiled, in the gate those that know every event type. */
const roots = deep
  ? 'all'
  : [
      'libs/domain/src/index.ts',
      'projections/order-timeline/v1/stages.ts',
      'projections/order-timeline/v1/wording/index.ts',
      'test/fixtures/events/index.ts',
    ];

const newClass = `
import { defineEvent } from '../event-definition.js';
import { keys } from '../event-keys.js';
import { IsIdentifier } from '../validation/decorators.js';

export class OrderGiftWrapped {
  @IsIdentifier() paper!: string;
}

export const orderGiftWrapped = defineEvent({
  type: 'OrderGiftWrapped',
  dataClass: OrderGiftWrapped,
  schemaVersion: 1,
  categories: ['order'],
  mayBe: ['fact'],
  versioned: false,
  discriminators: ({ data }) => [data.paper],
  businessKey: () => null,
  personalData: [],
  keys: (event) => keys(event.leaf),
  words: { discriminators: 'the paper', businessKey: 'none', touches: 'the order' },
  effect: {
    posts: { does: 'never', words: 'paper is free' },
    movesStock: { does: 'never', words: 'paper is no stock' },
  },
  description: 'An order was wrapped as a gift.',
});
`;

/** A line before the end of the last object of a file. */
const lastMember = (line: string) => (text: string) => {
  const end = text.lastIndexOf('}');
  return `${text.slice(0, end)}${line}\n${text.slice(end)}`;
};

const classFile: Change = ['libs/events/src/orders/order-gift-wrapped.ts', () => newClass];
const catalogueLine: Change = [
  'libs/events/src/orders/catalogue.ts',
  (text) =>
    `import { orderGiftWrapped } from './order-gift-wrapped.js';\n${lastMember('OrderGiftWrapped: orderGiftWrapped,')(text)}`,
];
const words: Change = [
  'projections/order-timeline/v1/wording/en/orders.ts',
  lastMember(
    'OrderGiftWrapped: { internal: ({ data }) => `Wrapped in ${data.paper}`, customer: () => null },',
  ),
];
const stage: Change = [
  'projections/order-timeline/v1/stages.ts',
  (text) => text.replace("'OrderReleased',", "'OrderReleased', 'OrderGiftWrapped',"),
];
const sample: Change = [
  'test/fixtures/events/orders.ts',
  lastMember(
    "OrderGiftWrapped: { leaf: 'order-shop:1', account: 'shop', data: { paper: 'gold' } },",
  ),
];

describe('adding an event type', () => {
  it('takes its class and a line of the catalogue; the compiler asks for its words, its place and its sample', () => {
    expect(filesThatMiss('OrderGiftWrapped', [classFile, catalogueLine], roots)).toEqual([
      'projections/order-timeline/v1/stages.ts',
      'projections/order-timeline/v1/wording/en/orders.ts',
      'test/fixtures/events/orders.ts',
    ]);
  });
  it.runIf(deep)('takes nothing else', () => {
    const changes = [classFile, catalogueLine, words, stage, sample];
    expect(filesThatMiss('OrderGiftWrapped', changes, roots)).toEqual([]);
  });
});
