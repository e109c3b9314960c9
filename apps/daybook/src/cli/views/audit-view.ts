import type { Checkpoint } from '#audit';
import type { AuditFinding, NamedEvent } from '../../audit/audit-finding.js';
import type { PlacedSeal } from '../../audit/audit-daybook.js';
import type { AuditReport } from '../../audit/verify-ledger.js';
import { formatCount } from './table.js';

/** What became of a seal at a place. */
export function placedSealView(seal: PlacedSeal): readonly string[] {
  if (seal.outcome === 'refused') return [`Not sealed: ${seal.message}`];
  const { size, root } = seal.checkpoint;
  const head = `${formatCount(size)} events, root ${root.toString('hex')}`;
  return seal.outcome === 'nothing_new'
    ? [`Nothing new at ${seal.place}: ${head}.`]
    : [
        `Sealed at ${seal.place}: ${head}, ${formatCount(seal.tilesWritten)} tiles, key ${seal.keyId}.`,
      ];
}

/** What was verified, against what, and every finding. */
export function auditView(report: AuditReport): readonly string[] {
  const { events, root, seals, eventsUnsealed, recordedSeals, findings, findingsTotal } = report;
  return [
    `Ledger ${report.ledgerId ?? 'without an opening'}: ${formatCount(events)} events read, root ${root}.`,
    ...seals.map(
      ({ place, outcome, size }) =>
        `Seal ${place}: ${size === undefined ? 'no size that counts' : `${formatCount(size)} events`}, ${sealWords[outcome]}.`,
    ),
    ...(seals.length === 0
      ? [
          'No seal was given: only internal consistency and completeness were verified. A tail that was cut off cannot be seen without one (--checkpoint).',
        ]
      : [
          `Signatures were checked with ${report.key}. ${countOf(eventsUnsealed, 'event is', 'events are')} not covered by a seal that holds.`,
        ]),
    `${countOf(recordedSeals, 'seal is', 'seals are')} recorded in the ledger and ${recordedSeals === 1 ? 'was' : 'were'} compared with it.`,
    findingsTotal === 0
      ? 'No difference.'
      : `${countOf(findingsTotal, 'finding', 'findings')}${findings.length < findingsTotal ? `, the first ${findings.length}` : ''}:`,
    ...findings.flatMap(findingLines),
  ];
}

const sealWords = {
  sound: 'the store holds exactly these',
  differs: 'the store DIFFERS',
  refused: 'the checkpoint is NOT believed',
} as const;

function countOf(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

function findingLines(finding: AuditFinding): readonly string[] {
  const head = `${finding.code}: ${finding.message}`;
  if (finding.code !== 'seal_differs') return [head];
  const { kind, sequence, events, inStore, inReadModels } = finding;
  if (sequence === undefined) return [head];
  const count = events === undefined ? '' : `, ${events} ${events === 1 ? 'event' : 'events'}`;
  return [
    head,
    `  first difference at sequence ${sequence} (${kind}${count})`,
    inStore === undefined
      ? '  the store holds nothing there'
      : `  the store holds ${eventWords(inStore)}`,
    ...(inReadModels === undefined
      ? []
      : [`  the read models were derived from ${eventWords(inReadModels)}`]),
  ];
}

function eventWords({ leaf, revision, eventId, type }: NamedEvent): string {
  return `${leaf}, revision ${revision}: ${type} ${eventId}`;
}

/** What a bundle proves. */
export function provenView(
  sequence: number,
  { origin, size, root }: Checkpoint,
  leaf: unknown,
): readonly string[] {
  return [
    `Proven: this event is number ${sequence} of the ${formatCount(size)} that ${origin} sealed under the root ${root.toString('hex')}.`,
    JSON.stringify(leaf, undefined, 2),
  ];
}
