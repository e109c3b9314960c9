import {
  definitionOf,
  type Effect,
  type EventContext,
  eventContexts,
  type EventType,
  eventTypes,
  eventTypesIn,
} from '#events';
import { effectWords, leafFormsOf, mayBeOf, personalDataOf } from './catalogue-words.js';
import { code, page, table } from './markdown.js';

/** The catalogue at a glance: every event, and what it does to the books and the stock. */
export function cataloguePage(): string {
  return page(
    '# Event catalogue',
    'Generated from the registry of event classes by `npm run generate`; edit the classes, not this page.',
    'How an event is sent, with examples, is in [the API](../api.md).',
    'A *leaf* is the name of the stream an event lies on, without the prefix of the ledger. A *fact* is reported by another system and recorded whatever the state; a *decision* is taken by Daybook. The *discriminators* tell two reports of one type on one leaf apart. The *business key* begins with the event type and names the happening, which several systems may witness.',
    'An event marked *v* may carry the version of its source object; the version is then part of its identity.',
    ...eventContexts.flatMap(contextBlocks),
    'The same as an [AsyncAPI 3 document](asyncapi.json).',
    '## What posts and what moves stock',
    'Every class stands in exactly one row, with what it posts and moves, or why it does not. *Later* is what the accounting gives an event and the rule set in force does not make yet.',
    table(['event', 'effect', 'posts', 'moves stock'], eventTypes.map(effectRow)),
  );
}

function contextBlocks(context: EventContext): readonly (string | readonly string[])[] {
  return [
    `## ${contextTitle(context)}`,
    table(
      ['event', 'leaf', 'may be', 'discriminators', 'business key', 'personal data', 'touches'],
      eventTypesIn(context).map(catalogueRow),
    ),
  ];
}

/** `giftCards` as a heading: `Gift cards`. */
function contextTitle(context: EventContext): string {
  const words = context.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

function catalogueRow(type: EventType): readonly string[] {
  const definition = definitionOf(type);
  const { discriminators, businessKey, touches } = definition.words;
  return [
    `[${type}](${type}.md)${definition.versioned ? ' *v*' : ''}`,
    leafFormsOf(definition).map(code).join(', '),
    mayBeOf(definition),
    discriminators,
    businessKey,
    personalDataOf(type) || 'none',
    touches,
  ];
}

function effectRow(type: EventType): readonly string[] {
  const { posts, movesStock } = definitionOf(type).effect;
  return [type, effectSummary(posts, movesStock), effectWords(posts), effectWords(movesStock)];
}

function effectSummary(posts: Effect, movesStock: Effect): string {
  const named = [
    [posts, 'posts'],
    [movesStock, 'moves stock'],
  ] as const;
  const there = named.flatMap(([{ does }, name]) =>
    does === 'never' ? [] : [does === 'later' ? `${name} later` : name],
  );
  return there.join(', ') || 'neither';
}
