import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { catalogueFiles, generatedFolders } from './generate/catalogue-files.js';
import { differencesOf, writeGenerated } from './generate/generated-files.js';

/**
 * Writes the catalogue's pages and JSON Schemas into the working directory, the repository's root;
 * with `--check` writes nothing and fails where they differ from what is there.
 */
function generate(): number {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const root = process.cwd();
  const files = catalogueFiles((path) => readFileSync(join(root, path), 'utf8'));
  const differences = differencesOf(root, files, generatedFolders);
  const { changed, missing, stale } = differences;
  const list = [
    ...changed.map((path) => `changed  ${path}`),
    ...missing.map((path) => `missing  ${path}`),
    ...stale.map((path) => `stale    ${path}`),
  ];
  if (!values.check) writeGenerated(root, files, differences);
  const summary =
    list.length === 0
      ? `${files.size} generated files are as the registry says.`
      : `${list.length} of ${files.size} generated files ${values.check ? 'differ: run npm run generate and commit them' : 'were brought up to date'}.`;
  process.stdout.write([...list, summary, ''].join('\n'));
  return values.check && list.length > 0 ? 1 : 0;
}

process.exitCode = generate();
