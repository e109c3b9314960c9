import { describe, expect, it } from 'vitest';

import { completeConnectionString } from './connection-string.js';

describe('a connection string of the event store', () => {
  it.each([
    ['esdb://a:2113', 'esdb://a:2113?keepAliveInterval=3000&keepAliveTimeout=3000'],
    [
      'esdb://a:2113/?tls=false',
      'esdb://a:2113?tls=false&keepAliveInterval=3000&keepAliveTimeout=3000',
    ],
    [
      'esdb://user:pass@a,b,c?tls=true',
      'esdb://user:pass@a,b,c?tls=true&keepAliveInterval=3000&keepAliveTimeout=3000&nodePreference=leader',
    ],
    [
      'esdb+discover://cluster',
      'esdb+discover://cluster?keepAliveInterval=3000&keepAliveTimeout=3000&nodePreference=leader',
    ],
  ])('%s gets keep-alives, and in a cluster the leader', (given, completed) => {
    expect(completeConnectionString(given)).toBe(completed);
  });

  it('keeps what it says itself, however it spells the option', () => {
    const given =
      'esdb://a,b?keep_alive_interval=9000&KeepAliveTimeout=8000&node-preference=follower';
    expect(completeConnectionString(given)).toBe(given);
  });

  it('takes the keep-alive it is given', () => {
    expect(completeConnectionString('esdb://a', 500)).toBe(
      'esdb://a?keepAliveInterval=500&keepAliveTimeout=500',
    );
  });

  it('is refused when it would make the client report wrong revisions', () => {
    expect(() => completeConnectionString('esdb://a?throwOnAppendFailure=false')).toThrow(
      /throwOnAppendFailure/,
    );
  });
});
