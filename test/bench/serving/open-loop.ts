import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds of the clock that all processes of this machine share. */
export function sharedMilliseconds(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/**
 * Does something at so many moments a second, whether what was begun before has ended or not: who
 * waits for an answer before asking again leaves out the very requests that would have been slow.
 *
 * @param act is given the moment at which it was to be begun; what it measures begins there.
 */
export async function openLoop(
  ratePerSecond: number,
  count: number,
  act: (index: number, intendedAt: number) => Promise<void>,
): Promise<void> {
  const beganAt = sharedMilliseconds();
  const acts: Promise<void>[] = [];
  for (let index = 0; index < count; index += 1) {
    const intendedAt = beganAt + (index * 1_000) / ratePerSecond;
    while (sharedMilliseconds() < intendedAt) {
      await pause(Math.max(0, Math.floor(intendedAt - sharedMilliseconds())));
    }
    acts.push(act(index, intendedAt));
  }
  await Promise.all(acts);
}
