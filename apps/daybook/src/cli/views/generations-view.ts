import type { GenerationView } from '../../generations/generation-desk.js';
import { formatCount, tableLines } from './table.js';

/** Every build in a line, and below what stands still and why. */
export function generationLines(generations: readonly GenerationView[]): readonly string[] {
  const table = tableLines(
    [
      { heading: 'generation', align: 'right' },
      { heading: 'state' },
      { heading: 'events', align: 'right' },
      { heading: 'of', align: 'right' },
      { heading: 'percent', align: 'right' },
      { heading: 'events/s', align: 'right' },
      { heading: 'left', align: 'right' },
      { heading: 'schemas' },
    ],
    generations.map((view) => [
      String(view.generation),
      view.switchesByItself ? `${view.state}, switches by itself` : view.state,
      formatCount(view.sequence),
      formatCount(view.of),
      view.percent.toFixed(1),
      view.eventsPerSecond === null ? '' : formatCount(view.eventsPerSecond),
      timeLeft(view.secondsLeft),
      view.schemas.join(' '),
    ]),
  );
  return [...table, ...generations.flatMap(standstill)];
}

/** Where one build stands, in a sentence; of one that has caught up, what to do with it. */
export function generationSentence(view: GenerationView): string {
  const { generation, state, sequence, of, stopped } = view;
  if (state === 'building' && stopped === null && sequence >= of) {
    const next = view.switchesByItself
      ? 'it is switched to by itself.'
      : 'next: daybook projection diff, then daybook projection switch.';
    return `Generation ${generation} has caught up with all ${formatCount(of)} events; ${next}`;
  }
  return `Generation ${generation} is ${stateWords[state]} and holds ${formatCount(sequence)} of ${formatCount(of)} events.`;
}

const stateWords = {
  building: 'being built',
  active: 'the one that is read',
  standby: 'standing by',
  retired: 'retired',
} as const satisfies Record<GenerationView['state'], string>;

function standstill({ generation, rules, stopped }: GenerationView): readonly string[] {
  if (stopped !== null) return [`Generation ${generation} stopped: ${stopped}`];
  return rules === 'here'
    ? []
    : [`Generation ${generation} stands still: another release derived it.`];
}

function timeLeft(seconds: number | null): string {
  if (seconds === null) return '?';
  if (seconds === 0) return '';
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}
