import { engineSchema, type Target } from '../postgres/identifiers.js';

const ofGeneration = [
  { name: 'group_name', type: 'text' },
  { name: 'generation', type: 'integer' },
] as const;

/** Events that are not applied, as they were stored, in the order in which they are to be. */
export const parkedEventTarget: Target = {
  name: `${engineSchema}.parked_event`,
  columns: [
    ...ofGeneration,
    { name: 'sequence', type: 'bigint' },
    { name: 'key', type: 'text' },
    { name: 'leaf', type: 'text' },
    { name: 'revision', type: 'bigint' },
    { name: 'event_id', type: 'text' },
    { name: 'type', type: 'text' },
    { name: 'data', type: 'text', nullable: true },
    { name: 'metadata', type: 'text', nullable: true },
    { name: 'code', type: 'text' },
    { name: 'message', type: 'text' },
  ],
};

/** The names behind which later events wait, each with its key. */
export const parkedNameTarget: Target = {
  name: `${engineSchema}.parked_name`,
  columns: [...ofGeneration, { name: 'name', type: 'text' }, { name: 'key', type: 'text' }],
};

/** Events that a recorded decision leaves out, as they were met. */
export const skippedEventTarget: Target = {
  name: `${engineSchema}.skipped_event`,
  columns: [
    ...ofGeneration,
    { name: 'sequence', type: 'bigint' },
    { name: 'event_id', type: 'text' },
  ],
};

export const parkedKeyTable = `${engineSchema}.parked`;
export const parkedRequestTable = `${engineSchema}.parked_request`;

/** What is parked of each generation, and what its holder is asked to do about it. */
export const parkedTables = [
  'parked',
  'parked_event',
  'parked_name',
  'parked_request',
  'skipped_event',
] as const;

export const parkedStatements: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS ${parkedKeyTable} (
     group_name text COLLATE "C" NOT NULL,
     generation integer NOT NULL,
     key text COLLATE "C" NOT NULL,
     since_sequence bigint NOT NULL,
     event_id text COLLATE "C" NOT NULL,
     code text COLLATE "C" NOT NULL,
     message text COLLATE "C" NOT NULL,
     events bigint NOT NULL,
     parked_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (group_name, generation, key)
   )`,
  `CREATE TABLE IF NOT EXISTS ${parkedEventTarget.name} (
     group_name text COLLATE "C" NOT NULL,
     generation integer NOT NULL,
     sequence bigint NOT NULL,
     key text COLLATE "C" NOT NULL,
     leaf text COLLATE "C" NOT NULL,
     revision bigint NOT NULL,
     event_id text COLLATE "C" NOT NULL,
     type text COLLATE "C" NOT NULL,
     data text COLLATE "C",
     metadata text COLLATE "C",
     code text COLLATE "C" NOT NULL,
     message text COLLATE "C" NOT NULL,
     PRIMARY KEY (group_name, generation, sequence)
   )`,
  `CREATE INDEX IF NOT EXISTS parked_event_key
     ON ${parkedEventTarget.name} (group_name, generation, key, sequence)`,
  `CREATE INDEX IF NOT EXISTS parked_event_leaf
     ON ${parkedEventTarget.name} (group_name, generation, leaf)`,
  `CREATE TABLE IF NOT EXISTS ${parkedNameTarget.name} (
     group_name text COLLATE "C" NOT NULL,
     generation integer NOT NULL,
     name text COLLATE "C" NOT NULL,
     key text COLLATE "C" NOT NULL,
     PRIMARY KEY (group_name, generation, name, key)
   )`,
  `CREATE TABLE IF NOT EXISTS ${skippedEventTarget.name} (
     group_name text COLLATE "C" NOT NULL,
     generation integer NOT NULL,
     sequence bigint NOT NULL,
     event_id text COLLATE "C" NOT NULL,
     PRIMARY KEY (group_name, generation, sequence)
   )`,
  `CREATE TABLE IF NOT EXISTS ${parkedRequestTable} (
     request_id uuid PRIMARY KEY,
     group_name text COLLATE "C" NOT NULL,
     generation integer NOT NULL,
     key text COLLATE "C" NOT NULL,
     requested_at timestamptz NOT NULL DEFAULT now(),
     attempts integer NOT NULL DEFAULT 0,
     answered_at timestamptz,
     answer text COLLATE "C"
   )`,
];
