import { authorityOf, definitionOf, type EventType, fieldsOf } from '#events';
import { effectWords, leafFormsOf, mayBeOf, personalDataOf } from './catalogue-words.js';
import { code, page, table } from './markdown.js';

type PartClass = Parameters<typeof fieldsOf>[0];
type Field = ReturnType<typeof fieldsOf> extends ReadonlyMap<string, infer One> ? One : never;

const authorityWords = {
  issuer: "the issuer's of what it is about, where its name holds one; others' with a finding",
  any: "anybody's",
} as const;

/** One event: what it tells, where it lies, each of its fields, and one as it was stored. */
export function eventPage(type: EventType, goldenFile: string): string {
  const definition = definitionOf(type);
  const { words, effect, schemaVersion } = definition;
  const parts = partsOf(definition.dataClass);
  return page(
    `# ${type}`,
    `${definition.description} Version ${schemaVersion}; [JSON Schema](../../libs/events/schemas/${type}.v${schemaVersion}.json).`,
    table(
      ['', ''],
      [
        ['lies on', leafFormsOf(definition).map(code).join(', ')],
        ['may be', mayBeOf(definition)],
        ['version of the source object', definition.versioned ? 'may be given' : 'not taken'],
        ['discriminators', words.discriminators],
        ['business key', words.businessKey],
        ['whose word it takes', authorityWords[authorityOf(definition)]],
        ['personal data', personalDataOf(type) || 'none'],
        ['touches', words.touches],
        ['posts', effectWords(effect.posts)],
        ['moves stock', effectWords(effect.movesStock)],
      ],
    ),
    '## Fields',
    'Null and absent are the same for an optional field.',
    fieldTable(definition.dataClass),
    ...[...parts].flatMap((part) => [`### ${part.name}`, fieldTable(part)]),
    '## As it is stored',
    'Personal data is ciphertext; `leafDigest` is SHA-256 over the canonical bytes.',
    ['```json', goldenFile.trimEnd(), '```'],
  );
}

function fieldTable(partClass: PartClass): readonly string[] {
  return table(
    ['field', 'there', 'holds'],
    [...fieldsOf(partClass).values()].map((field) => [
      code(field.name),
      presenceOf(field),
      holds(field),
    ]),
  );
}

function presenceOf(field: Field): string {
  if (field.optional) return 'optional';
  return field.nullable ? 'required, or null where the source does not know' : 'required';
}

function holds({ rule }: Field): string {
  if (rule.form.kind === 'part') return `[${rule.form.part().name}](#${anchor(rule.form.part())})`;
  if (rule.form.kind === 'value') return rule.message.replace(/^must be /, '');
  const part = rule.form.part();
  const least = rule.form.minimum === 0 ? 'any number' : `at least ${rule.form.minimum}`;
  return `list of [${part.name}](#${anchor(part)}), ${least}`;
}

function anchor(part: PartClass): string {
  return part.name.toLowerCase();
}

function partsOf(partClass: PartClass, found = new Set<PartClass>()): ReadonlySet<PartClass> {
  for (const { rule } of fieldsOf(partClass).values()) {
    if (rule.form.kind === 'value' || found.has(rule.form.part())) continue;
    found.add(rule.form.part());
    partsOf(rule.form.part(), found);
  }
  return found;
}
