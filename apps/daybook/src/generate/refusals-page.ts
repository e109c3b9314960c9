import { factRefusals } from '#events';
import { code, page, table } from './markdown.js';

/** Why a fact is not understood, code by code. */
export function refusalsPage(): string {
  return page(
    '# Why a fact is refused',
    'Generated from the registry of codes by `npm run generate`. Every refusal names the field at fault as a path, such as `data.lines.0.qty`.',
    table(
      ['code', 'status', 'what it says', 'what to do'],
      Object.entries(factRefusals).map(([name, { status, text, remedy }]) => [
        code(name),
        String(status),
        text,
        remedy,
      ]),
    ),
  );
}
