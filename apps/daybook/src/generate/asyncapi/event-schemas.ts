import { definitionOf, type EventType, eventTypes, jsonSchemaOf } from '#events';

export type Schema = Readonly<Record<string, unknown>>;

const localReference = /^#\/\$defs\/(\w+)$/;

/**
 * The schemas of all events' data for one document, by component name: the data of an event under
 * its type, in clear and as it is stored, and the parts it is made of. A part that is the same in
 * every event stands once, any other under its event's name.
 */
export function eventSchemas(): ReadonlyMap<string, Schema> {
  const schemas = new Map<string, Schema>();
  const shared = sharedParts();
  for (const type of eventTypes) {
    const { $schema: _dialect, $id: _id, $defs, ...data } = jsonSchemaOf(type);
    const nameOf = (part: string): string => (shared.has(part) ? part : `${type}.${part}`);
    for (const [part, schema] of Object.entries(($defs ?? {}) as Record<string, Schema>)) {
      schemas.set(nameOf(part), withReferences(schema, nameOf) as Schema);
    }
    const clear = withReferences(data, nameOf) as Schema;
    schemas.set(type, clear);
    if (definitionOf(type).personalData.length > 0)
      schemas.set(`${type}.stored`, sealed(type, clear));
  }
  schemas.set('SealedPersonalData', sealedPersonalData);
  return schemas;
}

/** The component that holds an event's data as a stream does. */
export function storedSchemaName(type: EventType): string {
  return definitionOf(type).personalData.length === 0 ? type : `${type}.stored`;
}

/** The parts that every event which has one of this name has alike, all through. */
function sharedParts(): ReadonlySet<string> {
  const forms = new Map<string, Set<string>>();
  const within = new Map<string, Set<string>>();
  for (const type of eventTypes) {
    const { $defs = {} } = jsonSchemaOf(type);
    for (const [part, schema] of Object.entries($defs as Record<string, Schema>)) {
      const text = JSON.stringify(schema);
      forms.set(part, (forms.get(part) ?? new Set()).add(text));
      within.set(
        part,
        new Set([...text.matchAll(/#\/\$defs\/(\w+)/g)].map(([, name = '']) => name)),
      );
    }
  }
  const shared = new Set([...forms].filter(([, texts]) => texts.size === 1).map(([part]) => part));
  const isWhole = (part: string): boolean =>
    [...(within.get(part) ?? [])].every((one) => shared.has(one));
  for (let size = -1; size !== shared.size;) {
    size = shared.size;
    for (const part of shared) if (!isWhole(part)) shared.delete(part);
  }
  return shared;
}

function withReferences(value: unknown, nameOf: (part: string) => string): unknown {
  if (Array.isArray(value)) return value.map((member) => withReferences(member, nameOf));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const part = name === '$ref' ? localReference.exec(String(member))?.[1] : undefined;
      return [
        name,
        part === undefined
          ? withReferences(member, nameOf)
          : `#/components/schemas/${nameOf(part)}`,
      ];
    }),
  );
}

const sealedPersonalData: Schema = {
  type: 'object',
  description: "AES-256-GCM under the person's key; what is forgotten never opens again.",
  additionalProperties: false,
  properties: {
    keyId: { type: 'string' },
    nonce: { type: 'string', description: '96 random bits, base64url' },
    ciphertext: { type: 'string', description: 'ciphertext and 128-bit tag, base64url' },
  },
  required: ['keyId', 'nonce', 'ciphertext'],
};

function sealed(type: EventType, clear: Schema): Schema {
  const properties = { ...(clear['properties'] as Record<string, Schema>) };
  for (const { field } of definitionOf(type).personalData) {
    properties[field] = { $ref: '#/components/schemas/SealedPersonalData' };
  }
  return { ...clear, properties };
}
