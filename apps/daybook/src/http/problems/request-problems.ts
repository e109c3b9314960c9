import { asOfProblems } from '../reads/as-of-problems.js';
import { erasureProblems } from '../erasures/erasure-problems.js';
import { moneyProblems } from '../money/money-problems.js';
import { parkedProblems } from '../parked/parked-problems.js';
import type { ProblemDefinition } from './problem-definition.js';

/** What can be wrong with a request before any library has looked at what it says. */
export const requestProblems = {
  ...erasureProblems,
  ...parkedProblems,
  ...moneyProblems,
  ...asOfProblems,
  body_not_json: {
    status: 400,
    text: 'The body is not JSON.',
    remedy: 'Send JSON text in UTF-8.',
  },
  body_nested_too_deep: {
    status: 400,
    text: 'The body nests its values too deep.',
    remedy: 'Send no more than 64 levels of arrays and objects.',
  },
  body_too_large: {
    status: 413,
    text: 'The body is larger than this route takes.',
    remedy: 'Send events of at most 1 MiB, and batches of at most 8 MiB.',
  },
  batch_too_long: {
    status: 413,
    text: 'The batch has more events than one request may bring.',
    remedy: 'Split it into batches of at most 500 events.',
  },
  origin_refused: {
    status: 403,
    text: 'The API answers this machine alone.',
    remedy: 'Ask it as http://127.0.0.1 or http://localhost, from a page of this machine or none.',
  },
  control_refused: {
    status: 403,
    text: 'The request must prove that it may read the data directory.',
    remedy:
      'Run "daybook backup": it reads the token of the running Daybook from the data directory.',
  },
  event_store_external: {
    status: 409,
    text: 'The event store is none of this Daybook: EVENTSTORE_URL names it.',
    remedy:
      'Back it up with its operator\'s tools, or copy the ledger with "daybook eventstore copy".',
  },
  backup_failed: {
    status: 507,
    text: 'The event store could not be backed up; what was written is no backup.',
    remedy: 'Name a new folder that the Daybook may write, on a disk with room.',
  },
  header_missing: {
    status: 400,
    text: 'A header the route needs is missing or malformed.',
    remedy: 'Send the header that is named.',
  },
  parameter_invalid: {
    status: 400,
    text: 'A parameter or field of the request is not what the route takes.',
    remedy: 'Compare it with the description of the route in /openapi.json.',
  },
  account_required: {
    status: 400,
    text: 'A raw id is known only together with the account that issued it.',
    remedy: 'Add ?account=…, or give the leaf, such as order-shop:1001.',
  },
  cursor_invalid: {
    status: 400,
    text: 'The cursor is none of this list.',
    remedy: 'Take the cursor from the "next" of the page before, and keep the other parameters.',
  },
  position_token_invalid: {
    status: 400,
    text: 'The position token is none of this ledger.',
    remedy: 'Hand back a Daybook-Position header of this ledger unchanged.',
  },
  position_beyond_tail: {
    status: 400,
    text: 'The position token lies beyond the last event of the ledger.',
    remedy: 'The ledger was restored to an earlier state: record what is missing again.',
  },
  position_not_reached: {
    status: 504,
    text: 'The read models did not reach the position within the time allowed.',
    remedy: 'Ask again, with a longer wait; see /health/ready for how far behind they are.',
  },
  too_many_waiting: {
    status: 503,
    text: 'Too many requests wait for the read models.',
    remedy: 'Ask again after the time that Retry-After names; see /health/ready.',
  },
  order_not_found: {
    status: 404,
    text: 'Nothing is known of this order.',
    remedy: 'Check the id and its account; a fact may still be on its way.',
  },
  quarantined_not_found: {
    status: 404,
    text: 'The quarantine has no such entry.',
    remedy: 'Take source and digest from GET /v1/quarantine.',
  },
  stream_not_found: {
    status: 404,
    text: 'The store has no such stream.',
    remedy: 'Check the leaf: category, one dash, the encoded id.',
  },
  problem_not_found: {
    status: 404,
    text: 'There is no such error code.',
    remedy: 'See /problems for all of them.',
  },
  route_not_found: {
    status: 404,
    text: 'There is nothing at this address.',
    remedy: 'See /docs for the routes there are.',
  },
  database_unavailable: {
    status: 503,
    text: 'The database does not answer; nothing was accepted.',
    remedy: 'Send the same request again later: a repeat is recognised.',
  },
  read_models_not_ready: {
    status: 503,
    text: 'The read models are not built yet.',
    remedy: 'Ask again once /health/ready says so.',
  },
  read_models_of_other_release: {
    status: 409,
    text: 'The read models that are active were built by a release that kept nothing of this.',
    remedy:
      'Build them anew with "daybook projection rebuild", compare and switch; "daybook projection ' +
      'list" tells how far a build is that was begun.',
  },
  query_too_slow: {
    status: 503,
    text: 'The query took longer than it may.',
    remedy: 'Ask for less at a time, or ask again when the machine is less busy.',
  },
  not_ready: {
    status: 503,
    text: 'Daybook cannot serve at the moment.',
    remedy: 'See the checks of the answer for what is missing.',
  },
  internal_error: {
    status: 500,
    text: 'An error of Daybook itself.',
    remedy: 'See the log of the server at this time.',
  },
} as const satisfies Record<string, ProblemDefinition>;
