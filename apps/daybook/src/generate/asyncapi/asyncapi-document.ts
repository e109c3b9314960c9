import {
  categories,
  type Category,
  definitionOf,
  type EventType,
  eventTypes,
  identifierCharactersMax,
} from '#events';
import { defaultLedgerPrefix } from '#kernel';
import { eventSchemas, type Schema, storedSchemaName } from './event-schemas.js';

const schemaAt = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const messageAt = (channel: string, name: string): Schema => ({
  $ref: `#/channels/${channel}/messages/${name}`,
});

/**
 * The catalogue as an AsyncAPI 3.0 document, https://www.asyncapi.com/docs/reference/specification/v3.0.0:
 * what Daybook receives (facts as CloudEvents 1.0), and what it appends to the stream of each thing.
 */
export function asyncApiDocument(): Schema {
  const told = eventTypes.filter((type) => definitionOf(type).mayBe.includes('fact'));
  const streams = (Object.keys(categories) as readonly Category[]).map(
    (category) => [category, typesOn(category)] as const,
  );
  const lying = streams.filter(([, types]) => types.length > 0);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Daybook event catalogue',
      version: '1.0.0',
      description:
        'Generated from the registry of event classes. Facts are sent as CloudEvents 1.0; each event lies on the stream of the thing it is about.',
    },
    defaultContentType: 'application/json',
    channels: {
      facts: {
        address: '/v1/events',
        title: 'What other systems report',
        messages: messagesOf(told, (type) => `${type}.reported`),
      },
      ...Object.fromEntries(
        lying.map(([category, types]) => [category, streamChannel(category, types)]),
      ),
    },
    operations: {
      receiveFacts: {
        action: 'receive',
        channel: { $ref: '#/channels/facts' },
        messages: told.map((type) => messageAt('facts', type)),
      },
      ...Object.fromEntries(
        lying.map(([category, types]) => [
          `append-${category}`,
          {
            action: 'send',
            channel: { $ref: `#/channels/${category}` },
            messages: types.map((type) => messageAt(category, type)),
          },
        ]),
      ),
    },
    components: {
      messages: Object.fromEntries([
        ...told.map((type) => [`${type}.reported`, reportedMessage(type)]),
        ...eventTypes.map((type) => [type, storedMessage(type)]),
      ]) as Schema,
      schemas: { ...Object.fromEntries(eventSchemas()), CloudEvent: cloudEvent },
    },
  };
}

function typesOn(category: Category): readonly EventType[] {
  return eventTypes.filter((type) => definitionOf(type).categories.includes(category));
}

function messagesOf(types: readonly EventType[], nameOf: (type: EventType) => string): Schema {
  return Object.fromEntries(
    types.map((type) => [type, { $ref: `#/components/messages/${nameOf(type)}` }]),
  );
}

function streamChannel(category: Category, types: readonly EventType[]): Schema {
  const parts = categories[category].parts.map((part) => ({ part, name: parameterName(part) }));
  return {
    address: `${defaultLedgerPrefix}${category}-${parts.map(({ name }) => `{${name}}`).join(':')}`,
    title: `The stream of one ${category}`,
    parameters: Object.fromEntries(
      parts.map(({ part, name }) => [name, { description: `${part}, percent-encoded` }]),
    ),
    messages: messagesOf(types, (type) => type),
  };
}

/** `business day or batch` as a parameter of an address may be called. */
function parameterName(part: string): string {
  return part.replaceAll(/ (\w)/g, (_match, letter: string) => letter.toUpperCase());
}

function reportedMessage(type: EventType): Schema {
  return {
    name: type,
    title: `${type}, as it is reported`,
    summary: definitionOf(type).description,
    contentType: 'application/cloudevents+json',
    payload: {
      allOf: [
        schemaAt('CloudEvent'),
        {
          type: 'object',
          properties: { type: { type: 'string', const: type }, data: schemaAt(type) },
          required: ['data'],
        },
      ],
    },
  };
}

function storedMessage(type: EventType): Schema {
  const { schemaVersion, description } = definitionOf(type);
  return {
    name: type,
    title: `${type}, version ${schemaVersion}`,
    summary: description,
    payload: schemaAt(storedSchemaName(type)),
  };
}

const text = (description: string): Schema => ({ type: 'string', description });

/** The attributes that Daybook reads; what an event tells stands in `data`. */
const cloudEvent: Schema = {
  type: 'object',
  description: 'CloudEvents 1.0 in structured mode, with the extensions that Daybook reads.',
  properties: {
    specversion: { type: 'string', const: '1.0' },
    id: { type: 'string', minLength: 1, maxLength: identifierCharactersMax },
    source: text('the reporting account'),
    type: text('the event type'),
    subject: text('the leaf of the thing it is about; or else its raw ids'),
    time: text('RFC 3339, or a day where precision is date'),
    precision: { type: 'string', enum: ['instant', 'minute', 'date', 'unknown'] },
    notbefore: text('RFC 3339: it did not happen before'),
    notafter: text('RFC 3339: it did not happen after'),
    version: text("the source object's version: digits"),
    transaction: text("the reporting account's own transaction id"),
    actor: text('who acted, as the source says'),
    span: text('the business day or batch in which the source counts it'),
    numberrange: text('which number range of the source its number is of'),
    sequence: text('its number at the source: digits'),
    objectid: text('the raw id of the thing, with account'),
    account: text('the account that issued the raw id, where it is not the source'),
    sku: text('the raw SKU of an inventory, with node'),
    node: text('the node of an inventory'),
    datacontenttype: text('application/json'),
    dataschema: text('an address of the schema; not read'),
  },
  required: ['specversion', 'id', 'source', 'type'],
};
