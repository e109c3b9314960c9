import { problemDefinitionOf, type ProblemCode } from './problem-registry.js';

/** The body of a refusal: RFC 9457, with our `code` and the `field` at fault. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ProblemCode;
  readonly field?: string;
  /** Extension members, RFC 9457, section 3.2. */
  readonly [extension: string]: unknown;
}

export interface ProblemParts {
  readonly code: ProblemCode;
  /** This occurrence, in a sentence. */
  readonly detail: string;
  /** A path such as `data.lines.0.qty`, or the name of a header or parameter. */
  readonly field?: string | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
  /** Seconds after which the same request may succeed: RFC 9110, section 10.2.3. */
  readonly retryAfterSeconds?: number | undefined;
}

/** Ends a request with a problem. Only the HTTP edge throws it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';

  constructor(readonly parts: ProblemParts) {
    super(parts.detail);
  }
}

export const problemMediaType = 'application/problem+json';

/** The document of a problem; its `type` is the page of this server that explains the code. */
export function problemDocument({
  code,
  detail,
  field,
  extensions,
}: ProblemParts): ProblemDocument {
  const { status, text: title } = problemDefinitionOf(code);
  const document = { type: `/problems/${code}`, title, status, detail, code };
  return { ...extensions, ...document, ...(field === undefined ? {} : { field }) };
}
