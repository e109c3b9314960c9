import type { LastVerification } from '#projection-engine';
import {
  anyOf,
  flag,
  instant,
  number,
  objectOf,
  oneOf,
  optional,
  orNull,
  text,
  whole,
} from '../documentation/answer-schema.js';
import type { CheckFailure, Readiness } from './readiness.js';

export const liveSchema = objectOf<{ readonly status: 'live' }>({ status: oneOf('live') });

const failure = objectOf<CheckFailure>({ state: oneOf('failed'), message: text });

const reachable = anyOf(
  objectOf<{ readonly state: 'reachable' }>({ state: oneOf('reachable') }),
  failure,
);

type WatchedProjector = Exclude<Readiness['checks']['projector'], CheckFailure>;

const projector = objectOf<WatchedProjector>({
  state: oneOf('caught_up', 'behind', 'stalled', 'frozen', 'not_held'),
  sequence: whole,
  eventsBehind: whole,
  eventsBehindIsExact: flag,
  secondsBehind: number,
  secondsMeasuredFrom: oneOf('oldest_unapplied_event', 'position_unchanged', 'nothing_behind'),
  unchangedSeconds: number,
  generation: whole,
  epoch: whole,
  parkedKeys: whole,
  says: optional(text),
});

/** As it is written: an instant is text there. */
const verification = objectOf<LastVerification>({
  mode: oneOf('sums', 'full'),
  outcome: oneOf('equal', 'different', 'refused', 'failed'),
  finishedAt: instant,
  seconds: number,
  events: whole,
  message: text,
});

export const readySchema = objectOf<Omit<Readiness, 'isReady'> & { readonly status: 'ready' }>({
  status: oneOf('ready'),
  checks: objectOf<Readiness['checks']>({
    eventStore: reachable,
    database: reachable,
    projector: anyOf(projector, failure),
  }),
  verification: orNull(verification),
});
