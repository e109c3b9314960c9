/** How soon a connection nobody answers on is given up: a frozen leader is noticed after twice this. */
const keepAliveMillisecondsDefault = 3_000;

/**
 * Completes a connection string of EventStoreDB with what this ledger needs of the client: short
 * keep-alives, so that a frozen node is left within seconds, and in a cluster the leader.
 * What the string itself says about keep-alives or the preferred node stays.
 *
 * @throws Error when the string asks for `throwOnAppendFailure=false`: with it the client gives
 *   wrong revisions for refused batch appends.
 */
export function completeConnectionString(
  connectionString: string,
  keepAliveMilliseconds: number = keepAliveMillisecondsDefault,
): string {
  const [address = '', query = ''] = connectionString.trim().split('?');
  const given = new Map(query.split('&').map((pair) => [flat(pair.split('=')[0] ?? ''), pair]));
  if (/=false$/i.test(given.get('throwonappendfailure') ?? '')) {
    throw new Error(
      'The event store connection string sets throwOnAppendFailure=false; remove it, since the client then reports wrong revisions.',
    );
  }
  const wanted = [
    ['keepAliveInterval', String(keepAliveMilliseconds)],
    ['keepAliveTimeout', String(keepAliveMilliseconds)],
    ...(isCluster(address) ? [['nodePreference', 'leader']] : []),
  ] as const;
  const added = wanted
    .filter(([key = '']) => !given.has(flat(key)))
    .map(([key, value]) => `${key}=${value}`);
  const pairs = [...(query === '' ? [] : [query]), ...added];
  return `${address.replace(/\/+$/, '')}?${pairs.join('&')}`;
}

function isCluster(address: string): boolean {
  return address.startsWith('esdb+discover://') || address.includes(',');
}

/** The client compares option names without case, dashes and underscores. */
function flat(key: string): string {
  return key.trim().toLowerCase().replace(/[_-]/g, '');
}
