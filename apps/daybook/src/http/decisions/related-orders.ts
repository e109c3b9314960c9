import { Injectable } from '@nestjs/common';
import { type RelatedOrder, relatedOrderOf } from '#domain';
import { problemDefinitionOf } from '../problems/problem-registry.js';
import { ProblemError } from '../problems/problem.js';
import { StreamStates } from './stream-states.js';

/** Looks at the order that a decision on another one leads to, as its own stream has it now. */
@Injectable()
export class RelatedOrders {
  constructor(private readonly streams: StreamStates) {}

  async find(leaf: string): Promise<RelatedOrder> {
    const read = await this.streams.read(leaf);
    if (read.outcome === 'unreadable') throw unreadable(read.message);
    return relatedOrderOf(leaf, read.state);
  }
}

function unreadable(message: string): ProblemError {
  const code = 'stream_unreadable';
  return new ProblemError({ code, detail: `${problemDefinitionOf(code).text} ${message}` });
}
