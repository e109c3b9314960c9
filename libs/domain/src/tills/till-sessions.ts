import type { EventData } from '#events';
import type { SubjectView } from '../subject-view.js';

/** One session of a register, from the float to the count. */
export interface TillSession {
  /** The till's leaf: a store and its business day. */
  readonly till: string;
  readonly register: string;
  readonly session: string;
  readonly float: EventData<'TillOpened'>['float'] | null;
  readonly counts: EventData<'TillClosed'>['counts'];
  readonly openedAt: string | null;
  readonly closedAt: string | null;
  /** The ids of what opened and closed it, where they are known. */
  readonly eventIds: readonly string[];
}

/** The sessions of the homes given, least first. */
export function tillSessionsOf(
  view: SubjectView,
  homes: ReadonlySet<string>,
): readonly TillSession[] {
  const sessions = new Map<string, TillSession>();
  for (const { event, resolved } of view.effective('TillOpened')) {
    if (!homes.has(resolved.home)) continue;
    const { register, session, float } = event.data;
    sessions.set(JSON.stringify([event.leaf, register, session]), {
      till: event.leaf,
      register,
      session,
      float,
      counts: [],
      openedAt: resolved.at,
      closedAt: null,
      eventIds: [event.eventId],
    });
  }
  for (const { event, resolved } of view.effective('TillClosed')) {
    if (!homes.has(resolved.home)) continue;
    const { register, session, counts } = event.data;
    const key = JSON.stringify([event.leaf, register, session]);
    const opened = sessions.get(key);
    sessions.set(key, {
      till: event.leaf,
      register,
      session,
      float: opened?.float ?? null,
      counts,
      openedAt: opened?.openedAt ?? null,
      closedAt: resolved.at,
      eventIds: [...(opened?.eventIds ?? []), event.eventId],
    });
  }
  return [...sessions].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, each]) => each);
}
