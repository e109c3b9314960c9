import {
  anyObject,
  listOf,
  objectOf,
  orNull,
  text,
  whole,
} from '../documentation/answer-schema.js';
import type { StreamAnswer, StreamEvent } from './get-stream.query.js';

export const streamSchema = objectOf<StreamAnswer>({
  leaf: text,
  events: listOf(
    objectOf<StreamEvent>({
      revision: whole,
      eventId: text,
      type: text,
      data: anyObject,
      metadata: anyObject,
      position: text,
    }),
  ),
  next: orNull(whole),
});
