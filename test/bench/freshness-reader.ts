import { closeHttp, httpGet } from './serving/http-calls.js';
import { sharedMilliseconds } from './serving/open-loop.js';

/* A process that reads what another one wrote as soon as it is told of the acknowledgement. */

/** A write that was acknowledged, in milliseconds of the shared clock. */
export interface Acknowledged {
  readonly position: string;
  readonly intendedAt: number;
  readonly acknowledgedAt: number;
  readonly leaf: string | undefined;
}

/** Milliseconds from when a write was due, and from its acknowledgement to the answer of a read. */
export interface Freshness {
  readonly acknowledged: number;
  readonly visible: number;
}

const [url = ''] = process.argv.slice(2);
const reads: Promise<Freshness | undefined>[] = [];

async function read(written: Acknowledged): Promise<Freshness | undefined> {
  const { position, intendedAt, acknowledgedAt, leaf } = written;
  const path =
    leaf === undefined ? '/v1/findings' : `/v1/orders/${encodeURIComponent(leaf)}/timeline`;
  const answer = await httpGet(`${url}${path}?limit=1&wait=20000&after=${position}`);
  if (answer.status !== 200) return undefined;
  return {
    acknowledged: acknowledgedAt - intendedAt,
    visible: sharedMilliseconds() - acknowledgedAt,
  };
}

async function end(): Promise<void> {
  const seen = (await Promise.all(reads)).filter((each) => each !== undefined);
  closeHttp();
  process.send?.(seen, () => process.disconnect());
}

process.on('message', (message: Acknowledged | 'end') => {
  if (message === 'end') void end();
  else reads.push(read(message));
});
