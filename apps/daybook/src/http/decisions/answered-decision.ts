import type { Response } from 'express';
import { positionHeader } from '../reads/position-tokens.js';
import type { DecisionAnswer } from './decision-answer.js';

/** Answers a decision with 201, a repeat of it with 200, and the position behind it. */
export function answered(answer: DecisionAnswer, response: Response): DecisionAnswer {
  response.status(answer.repeated ? 200 : 201);
  if (answer.position !== null) response.setHeader(positionHeader, answer.position);
  return answer;
}
