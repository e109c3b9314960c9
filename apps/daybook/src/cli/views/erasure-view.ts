import type { ErasureResult } from '../../erasure/erasures.js';
import type { ErasureView } from '../../erasure/erasure-view.js';
import { tableLines } from './table.js';

/** What became of an erasure, and whom it covers. */
export function erasureResultView(result: ErasureResult): readonly string[] {
  const { erasure, persons, others, openOrders } = result;
  return [
    `erasure ${erasure.erasureId}: ${stageWords(erasure)}`,
    ...(persons.length === 0 ? [] : [`covers ${persons.join(', ')}`]),
    ...(others.length === 0 ? [] : [`does not cover ${others.join(', ')}, in the same orders`]),
    ...(openOrders.length === 0 ? [] : [`not finished: ${openOrders.join(', ')}`]),
  ];
}

export function erasureListView(erasures: readonly ErasureView[]): readonly string[] {
  if (erasures.length === 0) return ['Nobody has asked to be forgotten.'];
  return tableLines(
    [
      { heading: 'erasure' },
      { heading: 'asked' },
      { heading: 'persons', align: 'right' },
      { heading: 'stands' },
    ],
    erasures.map((erasure) => [
      erasure.erasureId,
      erasure.requestedAt?.slice(0, 'YYYY-MM-DD'.length) ?? '',
      String(erasure.subjects.length),
      stageWords(erasure),
    ]),
  );
}

function stageWords({ stage, until, legalBasis, keysDestroyed }: ErasureView): string {
  if (stage === 'completed') {
    const keys = keysDestroyed === 1 ? 'the key of a person' : `${keysDestroyed} keys of persons`;
    return `completed, ${keys} destroyed`;
  }
  if (stage === 'deferred') return `deferred until ${until ?? ''}: ${legalBasis ?? ''}`;
  return stage;
}
