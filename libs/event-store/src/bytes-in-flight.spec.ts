import { describe, expect, it } from 'vitest';

import { BytesInFlight } from './bytes-in-flight.js';

/** Enters and notes the name once there was room. */
function entering(bytes: BytesInFlight, entered: string[]): (name: string, size: number) => void {
  return (name, size) => {
    void bytes.enter(size).then(() => entered.push(name));
  };
}
const microtasks = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('bytes in flight', () => {
  it('lets in what fits and the rest in the order of arrival', async () => {
    const bytes = new BytesInFlight(10);
    const entered: string[] = [];
    const enter = entering(bytes, entered);
    enter('a', 6);
    enter('b', 6);
    enter('c', 1);
    await microtasks();
    expect(entered).toEqual(['a']);
    bytes.leave(6);
    await microtasks();
    expect(entered).toEqual(['a', 'b', 'c']);
  });

  it('lets one that is larger than the bound go alone', async () => {
    const bytes = new BytesInFlight(10);
    const entered: string[] = [];
    const enter = entering(bytes, entered);
    enter('small', 1);
    enter('large', 50);
    enter('next', 1);
    await microtasks();
    expect(entered).toEqual(['small']);
    bytes.leave(1);
    await microtasks();
    expect(entered).toEqual(['small', 'large']);
    bytes.leave(50);
    await microtasks();
    expect(entered).toEqual(['small', 'large', 'next']);
  });
});
