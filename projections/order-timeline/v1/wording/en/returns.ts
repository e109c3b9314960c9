import { type ContextWording, notTold } from '../event-wording.js';
import { because, countOf, dayOf, unitsOf } from './phrases.js';

export const returnWording: ContextWording<'returns'> = {
  ReturnReceived: {
    internal: ({ data }) =>
      `Took back ${data.qty} of ${data.sku} at ${data.node}${because(data.condition)}`,
    customer: ({ data }) => `We received ${countOf(data.qty, 'unit')} you sent back`,
  },
  ReturnRequested: {
    internal: ({ data }) => `Return of ${unitsOf(data.lines)} asked for`,
    customer: ({ data }) => `You asked to return ${unitsOf(data.lines)}`,
  },
  ReturnRiskScored: {
    internal: ({ data }) => `Return risk ${data.score} by ${data.model}: ${data.recommendation}`,
    customer: notTold,
  },
  ReturnAuthorized: {
    internal: ({ data }) =>
      `Return allowed${data.authorization === undefined ? '' : ` as ${data.authorization}`}${data.returnUntil === undefined ? '' : ` until ${data.returnUntil}`}`,
    customer: ({ data }) =>
      `Your return was accepted${data.returnUntil === undefined ? '' : `; please send it by ${dayOf(data.returnUntil)}`}`,
  },
  ReturnDeclined: {
    internal: ({ data }) => `Return declined${because(data.reason)}`,
    customer: () => 'Your return could not be accepted',
  },
  ReturnInTransit: {
    internal: ({ data }) =>
      `Return on its way${data.tracking === undefined ? '' : `: ${[data.carrier, data.tracking].filter(Boolean).join(' ')}`}`,
    customer: () => 'Your return is on its way to us',
  },
  ReturnExpired: {
    internal: ({ data }) =>
      `Return not sent in time${data.returnUntil === undefined ? '' : `, by ${data.returnUntil}`}`,
    customer: () => 'Your return was not sent in time',
  },
  ReturnItemInspected: {
    internal: ({ data }) =>
      `Looked at ${data.qty} of ${data.sku}: grade ${data.grade}, ${data.resellable ? 'can be sold again' : 'cannot be sold again'}`,
    customer: () => 'We looked at your return',
  },
  ReturnItemDisposed: {
    internal: ({ data }) => `${data.qty} of ${data.sku}: ${data.disposition}`,
    customer: notTold,
  },
};
