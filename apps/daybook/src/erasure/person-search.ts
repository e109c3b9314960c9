import type { ClientBase } from 'pg';
import type { ErasureSubjectKind } from '#events';
import { categoryOf, parseLeaf } from '#kernel';
import type { DataKeyStore, PersonalDataVault, SubjectKey } from '#personal-data';
import type { Recorder } from '#recording';
import {
  type PersonalEntry,
  readOpenOrders,
  readPersonalEntriesOf,
  readPersonalEntriesOn,
} from '../../../../projections/order-timeline/v1/person-queries.js';
import type { ReadModels } from '../http/reads/read-models.js';
import type { ModelsCaughtUp } from './models-caught-up.js';
import { kindOfSubject, subjectName, subjectOfName, subjectsOfEntry } from './subject-name.js';

/** A person with the digest that stands for them. */
export interface FoundPerson {
  readonly kind: ErasureSubjectKind;
  readonly digest: string;
  /** Such as `customer:shop.eu:c-17`; kept nowhere. */
  readonly name: string;
}

/** All that is destroyed when persons are forgotten, as it stands now. */
export interface ErasureScope {
  readonly keys: readonly (SubjectKey & { readonly isLive: boolean })[];
  readonly orders: readonly string[];
  readonly openOrders: readonly string[];
  /** Recipients of parcels that hold these persons' orders alone. */
  readonly recipients: readonly FoundPerson[];
  /** Persons in the same orders who are not forgotten with them. */
  readonly others: readonly FoundPerson[];
}

const phonePattern = /^\+?[\d ()./-]{7,}$/;

/** Whether a text is written as an e-mail address or as a telephone number is. */
export function addressKindOf(text: string): 'email' | 'phone' | undefined {
  if (text.includes('@')) return 'email';
  return phonePattern.test(text) ? 'phone' : undefined;
}

/** Finds persons by what operators know of them, and what tells of them. */
export class PersonSearch {
  constructor(
    private readonly models: ReadModels,
    private readonly vault: PersonalDataVault,
    private readonly keyStore: DataKeyStore,
    private readonly recorder: Pick<Recorder, 'findLeaves'>,
    private readonly caughtUp: Pick<ModelsCaughtUp, 'wait'>,
  ) {}

  /**
   * The persons a text names: a name, an order's leaf, an e-mail address or a telephone number.
   * Undefined where it is none of these; empty where nobody is found.
   */
  async find(text: string): Promise<readonly FoundPerson[] | undefined> {
    await this.caughtUp.wait();
    const subject = subjectOfName(text);
    if (subject !== undefined) return this.#known([this.#personOf(subject)]);
    if (parseLeaf(text)?.category === 'order') {
      return this.models.snapshot(async (client) =>
        this.#personsIn(await readPersonalEntriesOf(client, [text])),
      );
    }
    const kind = addressKindOf(text);
    return kind === undefined ? undefined : this.#findByIndex(kind, text);
  }

  /** What tells of these persons: their keys, orders, and the recipients that go with them. */
  async scopeOf(digests: readonly string[]): Promise<ErasureScope> {
    await this.caughtUp.wait();
    const own = await this.keyStore.keysOf(digests);
    const { leaves } = await this.keyStore.tracesOf(own.map(({ keyId }) => keyId));
    const { orders, openOrders, recipients, others } = await this.models.snapshot((client) =>
      this.#ordersAndRecipients(client, leaves, new Set(digests)),
    );
    const following = await this.keyStore.keysOf(recipients.map(({ digest }) => digest));
    return { keys: [...own, ...following], orders, openOrders, recipients, others };
  }

  async #ordersAndRecipients(
    client: ClientBase,
    leaves: readonly string[],
    digests: ReadonlySet<string>,
  ): Promise<Omit<ErasureScope, 'keys'>> {
    const told = await readPersonalEntriesOn(client, leaves);
    const orders = [...new Set(told.map(({ subject }) => subject).filter(isOrderLeaf))].sort();
    const entries = await readPersonalEntriesOf(client, orders);
    const beside = this.#personsIn(entries).filter(({ digest }) => !digests.has(digest));
    const parcels = beside.filter(({ kind }) => kind === 'recipient').map(({ name }) => name);
    const shared = await this.#sharedParcels(client, parcels, new Set(orders));
    const goes = ({ kind, name }: FoundPerson) => kind === 'recipient' && !shared.has(name);
    return {
      orders,
      openOrders: await readOpenOrders(client, orders),
      recipients: beside.filter(goes),
      others: beside.filter((person) => !goes(person)),
    };
  }

  /** Parcels that hold an order of somebody else too: that one's address stays. */
  async #sharedParcels(
    client: ClientBase,
    names: readonly string[],
    orders: ReadonlySet<string>,
  ): Promise<ReadonlySet<string>> {
    const leafOfName = (name: string): string => name.slice('recipient:'.length);
    const entries = await readPersonalEntriesOn(client, names.map(leafOfName));
    const foreign = new Set(
      entries
        .filter(({ subject }) => isOrderLeaf(subject) && !orders.has(subject))
        .map(({ leaf }) => leaf),
    );
    return new Set(names.filter((name) => foreign.has(leafOfName(name))));
  }

  async #findByIndex(kind: 'email' | 'phone', text: string): Promise<readonly FoundPerson[]> {
    const leaves = await this.recorder.findLeaves(kind, text);
    const digest = this.vault.blindIndex(kind, text);
    const persons = await this.models.snapshot(async (client) =>
      this.#personsIn(await readPersonalEntriesOn(client, leaves)),
    );
    if (digest === undefined) return [];
    // A leaf may tell of several persons: the address is one's alone.
    const owners = new Set(await this.keyStore.subjectsIndexedAs(kind, digest));
    return persons.filter((person) => owners.has(person.digest));
  }

  async #known(persons: readonly FoundPerson[]): Promise<readonly FoundPerson[]> {
    const keys = await this.keyStore.keysOf(persons.map(({ digest }) => digest));
    const known = new Set(keys.map(({ subjectDigest }) => subjectDigest));
    return persons.filter(({ digest }) => known.has(digest));
  }

  #personsIn(entries: readonly PersonalEntry[]): readonly FoundPerson[] {
    const subjects = new Set(entries.flatMap(subjectsOfEntry));
    return [...subjects].map((subject) => this.#personOf(subject));
  }

  #personOf(subject: string): FoundPerson {
    return {
      kind: kindOfSubject(subject),
      digest: this.vault.subjectDigest(subject),
      name: subjectName(subject),
    };
  }
}

function isOrderLeaf(leaf: string): boolean {
  return categoryOf(leaf) === 'order';
}
