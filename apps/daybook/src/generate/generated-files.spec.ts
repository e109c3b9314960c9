import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { definitionOf, eventTypes, fieldsOf, jsonSchemaOf } from '#events';
import { catalogueFiles, generatedFolders } from './catalogue-files.js';
import { differencesOf, writeGenerated } from './generated-files.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const files = catalogueFiles((path) => readFileSync(join(root, path), 'utf8'));
const none = { changed: [], missing: [], stale: [] };

describe('the generated files', () => {
  it('are committed as the registry says', () => {
    expect(differencesOf(root, files, generatedFolders)).toEqual(none);
  });
  it('hold a page and a schema of every event', () => {
    for (const type of eventTypes) {
      expect(files.get(`docs/events/${type}.md`)).toContain(`# ${type}\n`);
      expect(files.get('docs/events/README.md')).toContain(`](${type}.md)`);
      expect(files.has(`libs/events/schemas/${type}.v1.json`)).toBe(true);
    }
  });

  describe('in another folder', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'daybook-generate-'));
    });
    afterEach(() => {
      rmSync(folder, { recursive: true });
    });
    const differences = () => differencesOf(folder, files, generatedFolders);

    it('are all missing at first, and none once they are written', () => {
      expect(differences().missing).toHaveLength(files.size);
      writeGenerated(folder, files, differences());
      expect(differences()).toEqual(none);
    });
    it('are found changed, missing or stale, and brought up to date', () => {
      writeGenerated(folder, files, differences());
      writeFileSync(join(folder, 'docs/events/OrderCaptured.md'), 'edited');
      rmSync(join(folder, 'libs/events/schemas/OrderCaptured.v1.json'));
      mkdirSync(join(folder, 'docs/events'), { recursive: true });
      writeFileSync(join(folder, 'docs/events/OrderExploded.md'), 'left behind');
      expect(differences()).toEqual({
        changed: ['docs/events/OrderCaptured.md'],
        missing: ['libs/events/schemas/OrderCaptured.v1.json'],
        stale: ['docs/events/OrderExploded.md'],
      });
      writeGenerated(folder, files, differences());
      expect(differences()).toEqual(none);
      expect(readdirSync(join(folder, 'docs/events'))).not.toContain('OrderExploded.md');
    });
  });
});

describe('the JSON Schema of an event', () => {
  it.each(eventTypes)('lists the fields of %s and asks for those it needs', (type) => {
    const fields = [...fieldsOf(definitionOf(type).dataClass).values()];
    const schema = jsonSchemaOf(type);
    expect(Object.keys(schema['properties'] as object)).toEqual(fields.map(({ name }) => name));
    expect(schema['required']).toEqual(
      fields.filter(({ optional }) => !optional).map(({ name }) => name),
    );
    expect(schema['additionalProperties']).toBe(false);
  });
  it.each(eventTypes)('refers to nothing that %s does not define', (type) => {
    const text = JSON.stringify(jsonSchemaOf(type));
    const defined = Object.keys((JSON.parse(text) as { $defs?: object }).$defs ?? {});
    const used = [...text.matchAll(/"#\/\$defs\/(\w+)"/g)].map((match) => match[1]);
    expect(new Set(used)).toEqual(new Set(defined));
  });
});
