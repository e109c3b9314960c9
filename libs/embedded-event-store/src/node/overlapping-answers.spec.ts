import type { ServerInterceptingCallInterface, ServerMethodDefinition } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { overlapAnswers } from './overlapping-answers.js';

/** Takes answers as HTTP/2 would; each leaves when the test says so. */
class Connection {
  readonly received: Buffer[] = [];
  readonly #leaving: (() => void)[] = [];
  readonly call = {
    sendMetadata: () => undefined,
    sendMessage: (answer: Buffer, hasLeft: () => void) => {
      this.received.push(answer);
      this.#leaving.push(hasLeft);
    },
  } as unknown as ServerInterceptingCallInterface;

  letOneLeave(): void {
    this.#leaving.shift()?.();
  }
}

const method = {} as ServerMethodDefinition<unknown, unknown>;
const kibibyte = 1_024;

function given() {
  const connection = new Connection();
  const call = overlapAnswers(method, connection.call);
  let taken = 0;
  const send = (bytes: number): void => call.sendMessage(Buffer.alloc(bytes), () => (taken += 1));
  return { connection, send, taken: () => taken };
}

describe('answers on their way', () => {
  it('are followed by the next before they have left', () => {
    const { connection, send, taken } = given();
    for (const bytes of [1, 2, 3]) send(bytes);
    expect(connection.received.map(({ length }) => length)).toEqual([1, 2, 3]);
    expect(taken()).toBe(3);
  });

  it('hold the next back beyond 64 KiB, until one of them has left', () => {
    const { connection, send, taken } = given();
    send(64 * kibibyte);
    send(1);
    expect(taken()).toBe(1);
    connection.letOneLeave();
    expect(taken()).toBe(2);
    send(64 * kibibyte - 1);
    expect(taken()).toBe(3);
    send(1);
    expect(taken()).toBe(3);
  });
});
