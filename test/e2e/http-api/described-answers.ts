import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { isInstant } from '#kernel';
import type { Answer } from '../../doubles/running-daybook.js';

type Method = 'get' | 'post';

interface Response {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

interface Document {
  readonly paths: Readonly<
    Record<string, Partial<Record<Method, { readonly responses: Record<string, Response> }>>>
  >;
  readonly components: { readonly responses: Readonly<Record<string, Response>> };
}

interface Operation {
  /** Such as `get /v1/orders/{id}`. */
  readonly name: string;
  readonly method: Method;
  readonly path: RegExp;
  readonly responses: Readonly<Record<string, Response>>;
}

const differencesShown = 20;

/** The description of the API, and every answer held to it that was given. */
export class DescribedAnswers {
  readonly differences: string[] = [];
  readonly #ajv = new Ajv2020({
    strict: false,
    formats: { 'date-time': (text: string) => isInstant(text), 'uri-reference': true },
  });
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #answered = new Set<string>();
  #operations: readonly Operation[] = [];

  /** @param description the OpenAPI document as the API serves it */
  by(description: unknown): void {
    const { paths, components } = description as Document;
    const named = ({ $ref, ...response }: Response): Response =>
      $ref === undefined ? response : (components.responses[$ref.split('/').at(-1) ?? ''] ?? {});
    this.#operations = Object.entries(paths).flatMap(([path, item]) =>
      (['get', 'post'] as const).flatMap((method) => {
        const responses = item[method]?.responses;
        if (responses === undefined) return [];
        const entries = Object.entries(responses).map(
          ([status, response]) => [status, named(response)] as const,
        );
        const pattern = path.replace(/\{[^}]+\}/g, '[^/]+');
        return [
          {
            name: `${method} ${path}`,
            method,
            path: new RegExp(`^${pattern}$`),
            responses: Object.fromEntries(entries),
          },
        ];
      }),
    );
  }

  /** Holds an answer to what is said of its route. */
  hold(method: Method, address: string, answer: Answer): void {
    const [path = ''] = address.split('?');
    const operation = this.#operationOf(method, path);
    if (operation === undefined) return;
    const { status, body, headers } = answer;
    const media = (headers.get('content-type') ?? '').split(';')[0] ?? '';
    const described = operation.responses[String(status)] ?? operation.responses['default'];
    const schema = described?.content?.[media]?.schema;
    if (schema === undefined) {
      this.#differ(`${operation.name} answered ${status} ${media}, which it does not describe`);
      return;
    }
    const validate = this.#validatorOf(`${operation.name} ${status} ${media}`, schema);
    if (!validate(body)) {
      this.#differ(`${operation.name} ${status}: ${this.#ajv.errorsText(validate.errors)}`);
    }
    if (status < 400) this.#answered.add(operation.name);
  }

  /** The operations that lack the schema of a success or of a refusal. */
  undescribed(): readonly string[] {
    return this.#operations
      .filter(({ responses }) => {
        const all = Object.entries(responses);
        const hasSchema = ([, { content = {} }]: readonly [string, Response]) =>
          Object.values(content).some(({ schema }) => schema !== undefined);
        const successes = all.filter(([status]) => status.startsWith('2'));
        return successes.length === 0 || !all.every(hasSchema) || !('default' in responses);
      })
      .map(({ name }) => name);
  }

  /** The operations of which no success was seen. */
  unanswered(): readonly string[] {
    return this.#operations
      .map(({ name }) => name)
      .filter((name) => !this.#answered.has(name))
      .sort();
  }

  /** An address without parameters goes before one that has them. */
  #operationOf(method: Method, path: string): Operation | undefined {
    const matching = this.#operations.filter(
      (operation) => operation.method === method && operation.path.test(path),
    );
    return matching.find(({ name }) => !name.includes('{')) ?? matching[0];
  }

  #validatorOf(name: string, schema: object): ValidateFunction {
    const known = this.#validators.get(name) ?? this.#ajv.compile(schema);
    this.#validators.set(name, known);
    return known;
  }

  #differ(difference: string): void {
    const isKnown = this.differences.includes(difference);
    if (!isKnown && this.differences.length < differencesShown) this.differences.push(difference);
  }
}
