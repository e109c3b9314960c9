import type { EventEmitter } from 'node:events';
import { status, type sendUnaryData, type Server, type UntypedHandleCall } from '@grpc/grpc-js';
import { errorResponse, failCall } from './open-calls.js';
import { method, type MethodShape } from './service-definitions.js';

/** Services of the protocol that this node does not offer, and the words for them. */
const SERVICES: readonly {
  readonly service: string;
  readonly words: string;
  readonly methods: readonly string[];
}[] = [
  {
    service: 'event_store.client.persistent_subscriptions.PersistentSubscriptions',
    words: 'persistent subscriptions',
    methods: 'Create Update Delete Read GetInfo ReplayParked List RestartSubsystem'.split(' '),
  },
  {
    service: 'event_store.client.projections.Projections',
    words: 'projections in the store',
    methods:
      'Create Update Delete Statistics Disable Enable Reset State Result RestartSubsystem'.split(
        ' ',
      ),
  },
  {
    service: 'event_store.client.users.Users',
    words: 'users besides the administrator',
    methods: 'Create Update Delete Disable Enable Details ChangePassword ResetPassword'.split(' '),
  },
];

const UNARY: MethodShape<Buffer> = {
  requestStream: false,
  responseStream: false,
  decode: (bytes) => bytes,
};

/** The methods that answer with a stream; of these the first is asked by one, too. */
const STREAMED: Readonly<Record<string, Partial<MethodShape<Buffer>>>> = {
  'persistent subscriptions Read': { requestStream: true, responseStream: true },
  'projections in the store Statistics': { responseStream: true },
  'users besides the administrator Details': { responseStream: true },
};

/** Refuses by name what is out of this node's scope. */
export function addOutOfScopeServices(server: Server): void {
  for (const { service, words, methods } of SERVICES) {
    const shapes = methods.map(
      (name) => [name, { ...UNARY, ...STREAMED[`${words} ${name}`] }] as const,
    );
    server.addService(
      Object.fromEntries(shapes.map(([name, shape]) => [name, method(service, name, shape)])),
      Object.fromEntries(shapes.map(([name, shape]) => [name, refusal(words, shape)])),
    );
  }
}

function refusal(words: string, { responseStream }: MethodShape<Buffer>): UntypedHandleCall {
  const message = `the embedded event store does not offer ${words}: run an EventStoreDB for them`;
  if (responseStream) return (call: EventEmitter) => failCall(call, status.UNIMPLEMENTED, message);
  return (_call: unknown, answer: sendUnaryData<Buffer>) =>
    answer(errorResponse(status.UNIMPLEMENTED, message));
}
