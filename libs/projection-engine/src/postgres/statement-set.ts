import type { Duplex } from 'node:stream';
import type { ClientBase, Submittable } from 'pg';

/** A statement that is prepared once on a connection, under its name, and takes its values as text. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly (string | number | null)[];
  /** Told how many rows it met. @throws where these are not those it had to meet. */
  readonly met?: (rows: number) => void;
}

/** What a set needs of a connection of `pg`, which has it public but not in its types. */
interface ProtocolConnection {
  readonly stream: Duplex;
  /** The text of each statement that is prepared on it, by name. */
  readonly parsedStatements: Readonly<Record<string, string | undefined>>;
  parse(statement: { readonly name: string; readonly text: string }): void;
  bind(values: { readonly statement: string; readonly values: (string | null)[] }): void;
  execute(): void;
  sync(): void;
}

/**
 * Statements that go to PostgreSQL together and are waited for once. The first that fails ends the
 * set: PostgreSQL leaves out those behind it.
 *
 * `pg` calls the methods that begin with `handle` as answers come in, and reads name and text of the
 * statement that is being prepared.
 */
export class StatementSet implements Submittable {
  readonly answered: Promise<void>;
  private completed = 0;
  private mismatch: { readonly error: unknown } | undefined;
  private resolve: () => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;

  constructor(readonly statements: readonly Statement[]) {
    this.answered = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }

  get name(): string | undefined {
    return this.statements[this.completed]?.name;
  }

  get text(): string | undefined {
    return this.statements[this.completed]?.text;
  }

  submit(connection: unknown): void {
    const wire = connection as ProtocolConnection;
    const parsed = new Set<string>();
    // One write for all of them.
    wire.stream.cork();
    for (const { name, text, values } of this.statements) {
      if (wire.parsedStatements[name] === undefined && !parsed.has(name)) {
        wire.parse({ name, text });
        parsed.add(name);
      }
      wire.bind({ statement: name, values: values.map(textOf) });
      wire.execute();
    }
    wire.sync();
    wire.stream.uncork();
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    const statement = this.statements[this.completed];
    this.completed += 1;
    try {
      statement?.met?.(rowsOf(text));
    } catch (error) {
      this.mismatch ??= { error };
    }
  }

  handleReadyForQuery(): void {
    if (this.mismatch) this.reject(this.mismatch.error);
    else this.resolve();
  }

  handleError(error: unknown): void {
    this.reject(this.mismatch ? this.mismatch.error : error);
  }

  handleDataRow(): void {
    // What a statement of a set has to say, it says by how many rows it met.
  }
}

/** Collects the statements of a transaction until they have to be carried out. */
export class QueuedStatements {
  private queued: Statement[] = [];

  constructor(
    /** For what cannot be queued; `sent` goes before. */
    readonly client: ClientBase,
  ) {}

  add(statement: Statement): void {
    this.queued.push(statement);
  }

  /** Sends what is queued and waits for it. @throws whatever the first that failed did with. */
  async sent(): Promise<void> {
    if (this.queued.length === 0) return;
    const set = new StatementSet(this.queued);
    this.queued = [];
    this.client.query(set);
    await set.answered;
  }
}

function textOf(value: string | number | null): string | null {
  return typeof value === 'number' ? String(value) : value;
}

/** `INSERT 0 3`, `UPDATE 3`, `BEGIN`: what a statement did, and mostly how many rows it met. */
function rowsOf(completion: string): number {
  const rows = Number(completion.slice(completion.lastIndexOf(' ') + 1));
  return Number.isNaN(rows) ? 0 : rows;
}
