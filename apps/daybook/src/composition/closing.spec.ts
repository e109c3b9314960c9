import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { Closing } from './closing.js';

const silent = pino({ level: 'silent' });

describe('closing', () => {
  it('ends what was opened last first, and everything once', async () => {
    const closing = new Closing(silent);
    const ended: string[] = [];
    for (const name of ['lock', 'store', 'api']) {
      closing.add(name, async () => ended.push(name));
    }
    await Promise.all([closing.close(), closing.close()]);
    expect(ended).toEqual(['api', 'store', 'lock']);
  });

  it('gives the lock back though a part before it fails', async () => {
    const closing = new Closing(silent);
    const ended: string[] = [];
    closing.add('lock', async () => ended.push('lock'));
    closing.add('store', () => Promise.reject(new Error('the disk is gone')));
    await closing.close();
    expect(ended).toEqual(['lock']);
  });
});
