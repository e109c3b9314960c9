import { defineEvent } from '../event-definition.js';
import { FraudJudgement, fraudJudgement } from './fraud-judgement.js';

export class FraudCleared extends FraudJudgement {}

export const fraudCleared = defineEvent({
  type: 'FraudCleared',
  dataClass: FraudCleared,
  ...fraudJudgement,
  description: 'A review found nothing against an order.',
});
