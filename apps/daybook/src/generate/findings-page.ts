import { findingCodes, urgencyOf } from '#domain';
import { findingWording } from '../../../../projections/order-timeline/v1/wording/en/findings.js';
import { code, page, table } from './markdown.js';

/** Everything odd that facts can show, with who acts on it. */
export function findingsPage(): string {
  return page(
    '# Findings',
    'Generated from the registry of findings by `npm run generate`. A finding is a function of the facts known: it is there while they contradict each other, and gone when one more explains it. `daybook orders --finding` counts them, `daybook orders --finding <code>` lists the orders, `GET /v1/findings` every one with the events that show it.',
    table(
      ['code', 'severity', 'who acts', 'what it says'],
      [...findingCodes].sort().map((name) => {
        const { severity, team } = urgencyOf(name);
        return [code(name), severity, team.replaceAll('_', ' '), findingWording[name]];
      }),
    ),
  );
}
