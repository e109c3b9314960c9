import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Configuration } from '../configuration/configuration.js';
import { configuredTarget } from './configured-seals.js';

/** A host of seals, and the tokens it was shown; undefined for a request without one. */
async function givenHost() {
  const shown: (string | undefined)[] = [];
  const server = createServer(({ headers }, response) => {
    shown.push(headers.authorization);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { shown, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/seals/` };
}

function configured(...places: readonly string[]): Configuration {
  return { dataDirectory: '/data', seals: { places, token: 'secret' } } as unknown as Configuration;
}

describe('the token of a seal target', () => {
  it('is shown to the configured address, and to no other whose seal is looked at', async () => {
    const own = await givenHost();
    const other = await givenHost();
    const configuration = configured('/media/seals', own.url);
    for (const { url } of [own, other]) await configuredTarget(url, configuration).readCheckpoint();
    expect(own.shown).toEqual(['Bearer secret']);
    expect(other.shown).toEqual([undefined]);
  });

  it('is for the address that a command names where none is configured', async () => {
    const named = await givenHost();
    await configuredTarget(named.url, configured('/media/seals')).readCheckpoint();
    expect(named.shown).toEqual(['Bearer secret']);
  });
});
