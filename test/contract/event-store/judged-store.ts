import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EventStoreDBClient } from '@eventstore/db-client';
import { afterAll, beforeAll, describe } from 'vitest';
import { startEventStoreInMemory, type SecuredBy } from '#embedded-event-store';

/*
 * Which servers the contract is held against: the one that EVENTSTORE_URL names, or else the embedded
 * node, once insecure and once over TLS.
 */

/** A server that speaks EventStoreDB's protocol, known by nothing but its connection string. */
interface Server {
  readonly connectionString: string;
  stop(): Promise<void>;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** The server under judgement and streams that nobody else writes to. */
export interface JudgedStore {
  readonly client: EventStoreDBClient;
  /** A stream name of this run alone. */
  readonly stream: (name: string) => string;
  /** Another client of the same server, with these credentials or with none. */
  readonly clientOf: (credentials: Credentials | undefined) => EventStoreDBClient;
}

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/certificates/${name}`, import.meta.url));
const certificateFile = fixture('test-node.certificate.pem');
const testAdmin: Credentials = { username: 'admin', password: 'only in specifications' };

function testSecurity(): SecuredBy {
  return {
    certificate: readFileSync(certificateFile, 'utf8'),
    privateKey: readFileSync(fixture('test-node.key.pem'), 'utf8'),
    adminPassword: testAdmin.password,
  };
}

async function startInsecureNode(): Promise<Server> {
  return startEventStoreInMemory({});
}

async function startSecuredNode(): Promise<Server> {
  const node = await startEventStoreInMemory({ secured: testSecurity() });
  const address = `${node.connectionString}&tlsCAFile=${encodeURIComponent(certificateFile)}`;
  const connectionString = withCredentials(address, testAdmin);
  return { connectionString, stop: () => node.stop() };
}

const given = process.env['EVENTSTORE_URL'];

/** Whether the server demands a user. */
const isSecured = (connectionString: string): boolean => !/[?&]tls=false/.test(connectionString);

const givenServer = (connectionString: string) => async (): Promise<Server> => ({
  connectionString,
  stop: async () => {},
});

interface Candidate {
  readonly name: string;
  readonly isSecured: boolean;
  readonly start: () => Promise<Server>;
}

const candidates: readonly Candidate[] =
  given === undefined || given === ''
    ? [
        { name: 'the embedded node', isSecured: false, start: startInsecureNode },
        { name: 'the embedded node over TLS', isSecured: true, start: startSecuredNode },
      ]
    : [{ name: 'the given server', isSecured: isSecured(given), start: givenServer(given) }];

/**
 * Specifies something of every server. The cases run at the same time, the servers one after another:
 * clients of one process share their unanswered appends, and the failure of one fails the others'.
 */
export function judge(title: string, specify: (store: JudgedStore) => void): void {
  judgeThose(candidates, title, (store) => {
    describe.concurrent('at once', () => specify(store));
  });
}

/** Specifies something of the servers that demand a user, case after case, for clients fail in it. */
export function judgeSecured(title: string, specify: (store: JudgedStore) => void): void {
  const secured = candidates.filter((candidate) => candidate.isSecured);
  if (secured.length > 0) judgeThose(secured, title, specify);
  else describe.skip(`${title} (the given server knows no users)`, () => {});
}

function judgeThose(
  judged: readonly Candidate[],
  title: string,
  specify: (store: JudgedStore) => void,
): void {
  for (const { name, start } of judged) {
    describe(`${title}, at ${name}`, () => {
      const run = `contract-${randomUUID().slice(0, 8)}`;
      const clients: EventStoreDBClient[] = [];
      let server: Server;
      let client: EventStoreDBClient;
      const connect = (connectionString: string): EventStoreDBClient => {
        const connected = EventStoreDBClient.connectionString(connectionString);
        clients.push(connected);
        return connected;
      };
      beforeAll(async () => {
        server = await start();
        client = connect(server.connectionString);
      });
      afterAll(async () => {
        await Promise.all(clients.map((connected) => connected.dispose()));
        await server.stop();
      });
      specify({
        get client() {
          return client;
        },
        stream: (stream) => `${run}-${stream}`,
        clientOf: (credentials) => connect(withCredentials(server.connectionString, credentials)),
      });
    });
  }
}

function withCredentials(connectionString: string, credentials: Credentials | undefined): string {
  const user =
    credentials === undefined
      ? ''
      : `${credentials.username}:${encodeURIComponent(credentials.password)}@`;
  return connectionString.replace(/^(esdb(?:\+discover)?:\/\/)(?:[^@/]*@)?/, `$1${user}`);
}
