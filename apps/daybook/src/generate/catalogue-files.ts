import { definitionOf, type EventType, eventTypes, jsonSchemaOf } from '#events';
import { asyncApiDocument } from './asyncapi/asyncapi-document.js';
import { cataloguePage } from './catalogue-page.js';
import { eventPage } from './event-page.js';
import { findingsPage } from './findings-page.js';
import { nextStepsPage } from './next-steps-page.js';
import { refusalsPage } from './refusals-page.js';

/** Folders in which nothing but generated files lies; what else is found there is stale. */
export const generatedFolders: readonly string[] = ['docs/events', 'libs/events/schemas'];

/**
 * Every file that follows from the registry, by its path from the repository's root.
 * `goldenFileOf` gives the text of an event's golden file by its path.
 */
export function catalogueFiles(
  goldenFileOf: (path: string) => string,
): ReadonlyMap<string, string> {
  const files = new Map([
    ['docs/events/README.md', cataloguePage()],
    ['docs/events/refusals.md', refusalsPage()],
    ['docs/findings.md', findingsPage()],
    ['docs/next-steps.md', nextStepsPage()],
    ['docs/events/asyncapi.json', `${JSON.stringify(asyncApiDocument(), null, 2)}\n`],
  ]);
  for (const type of eventTypes) {
    const name = versionedName(type);
    const golden = goldenFileOf(`libs/events/golden/${name}.json`);
    files.set(`docs/events/${type}.md`, eventPage(type, golden));
    files.set(
      `libs/events/schemas/${name}.json`,
      `${JSON.stringify(jsonSchemaOf(type), null, 2)}\n`,
    );
  }
  return files;
}

function versionedName(type: EventType): string {
  return `${type}.v${definitionOf(type).schemaVersion}`;
}
