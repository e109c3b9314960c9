import { UnavailableError } from '@eventstore/db-client';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { StoreClient } from './store-client.js';

const nobody = 'esdb://127.0.0.1:1,127.0.0.1:2?tls=false&maxDiscoverAttempts=1&discoveryInterval=1';

describe('the client of a store', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('survives a stream that fails while the discovery of another leader fails', async () => {
    const client = new StoreClient(nobody).current;
    const discovery = client['getChannel']();
    const streamFailed = client['handleError'](
      { getChannel: () => undefined } as never,
      new UnavailableError(),
    );
    await expect(discovery).rejects.toThrow(/Failed to discover/);
    await expect(streamFailed).resolves.toBeUndefined();
  });

  it('is replaced when it could not ask what the node can do', async () => {
    const client = new StoreClient(nobody);
    const first = client.current;
    await expect(client.readyToAppend()).rejects.toThrow(/Failed to discover/);
    expect(client.current).not.toBe(first);
  });

  it('does not warn of the short keep-alive, and of everything else', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const options = 'tls=false&keepAliveInterval=500&keepAliveTimeout=500&colour=red';
    expect(new StoreClient(`esdb://127.0.0.1:1?${options}`).current).toBeDefined();
    expect(warn.mock.calls.map(([words]) => String(words))).toEqual([
      expect.stringContaining('colour') as string,
    ]);
  });

  it('is closed within a second when no node can be discovered', async () => {
    const client = new StoreClient(nobody);
    expect(client.current).toBeDefined();
    await expect(client.close()).resolves.toBeUndefined();
  });
});
