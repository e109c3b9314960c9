import { defineEvent } from '../event-definition.js';
import { FraudJudgement, fraudJudgement } from './fraud-judgement.js';

export class FraudReviewRequested extends FraudJudgement {}

export const fraudReviewRequested = defineEvent({
  type: 'FraudReviewRequested',
  dataClass: FraudReviewRequested,
  ...fraudJudgement,
  description: 'Somebody has to look at an order before it goes on.',
});
