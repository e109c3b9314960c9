import { defineEvent } from '../event-definition.js';
import { FraudJudgement, fraudJudgement } from './fraud-judgement.js';

export class FraudConfirmed extends FraudJudgement {}

export const fraudConfirmed = defineEvent({
  type: 'FraudConfirmed',
  dataClass: FraudConfirmed,
  ...fraudJudgement,
  description: 'A review found that an order is fraudulent.',
});
