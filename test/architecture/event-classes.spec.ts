import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { definitionOf, eventTypes, fieldsOf } from '#events';

const root = new URL('../../libs/events/src/', import.meta.url);
const contextFolders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['edge', 'validation'].includes(entry.name))
  .map(({ name }) => name);

interface SourceFile {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

const files: readonly SourceFile[] = [
  ...contextFolders.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root)).map((file) => `${folder}/${file}`),
  ),
  'shared-parts.ts',
]
  .filter((path) => !path.endsWith('.spec.ts'))
  .map((path) => {
    const text = readFileSync(new URL(path, root), 'utf8');
    return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) };
  });

interface DeclaredField {
  readonly place: string;
  readonly optional: boolean;
  readonly decorators: readonly string[];
}

const declaredFields: readonly DeclaredField[] = files.flatMap(({ path, tree }) =>
  tree.statements.filter(ts.isClassDeclaration).flatMap((declaration) =>
    declaration.members.filter(ts.isPropertyDeclaration).map((property) => ({
      place: `${path} ${declaration.name?.text ?? ''}.${property.name.getText(tree)}`,
      optional: property.questionToken !== undefined,
      decorators: (ts.getDecorators(property) ?? []).map(({ expression }) =>
        ts.isCallExpression(expression) ? expression.expression.getText(tree) : '',
      ),
    })),
  ),
);

const kebabCase = (type: string) => type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

describe('the catalogue of event classes', () => {
  it('has every definition of every folder, and each folder only definitions it has', () => {
    const defined = files.flatMap(({ text }) =>
      [...text.matchAll(/defineEvent\(\{\s*type: '(\w+)'/g)].map((match) => match[1]),
    );
    expect(new Set(defined)).toEqual(new Set(eventTypes));
    expect(defined).toHaveLength(eventTypes.length);
  });
  it.each(eventTypes)('keeps %s in the file of its name, one class a file', (type) => {
    const file = files.find(({ path }) => path.endsWith(`/${kebabCase(type)}.ts`));
    expect(file?.text.match(/defineEvent\(/g)).toHaveLength(1);
    expect(file?.text).toMatch(new RegExp(`export class ${type} (extends \\w+ )?{`));
  });
  it('has no field without its rule, and no optional field that is not marked so', () => {
    expect(declaredFields.length).toBeGreaterThan(100);
    const wrong = declaredFields.filter(
      ({ optional, decorators }) =>
        decorators.filter((name) => name !== 'Optional').length !== 1 ||
        decorators.includes('Optional') !== optional,
    );
    expect(wrong).toEqual([]);
  });
  it.each(eventTypes)('says of %s all that its documentation needs', (type) => {
    const definition = definitionOf(type);
    const { words, effect, description } = definition;
    expect(definition.type).toBe(type);
    expect(definition.dataClass.name).toBe(type);
    expect(description).toMatch(/^[A-Z].*\.$/s);
    expect(Object.values(words).every((text) => text.length > 3)).toBe(true);
    for (const { words: told } of [effect.posts, effect.movesStock]) {
      expect(told).toMatch(/^\S.{5,}[^.]$/s);
      expect(told).not.toMatch(/^(?:never|later)\b/);
    }
    for (const { field } of definition.personalData) {
      expect(fieldsOf(definition.dataClass).get(field)?.optional).toBe(true);
    }
  });
});
