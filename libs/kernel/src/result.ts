/** An expected refusal: a code that programs match on and a sentence that people act on. */
export interface Refusal<Code extends string> {
  readonly outcome: 'refused';
  readonly code: Code;
  readonly message: string;
  /** The field at fault, as a path such as `data.lines.0.qty`, where there is one. */
  readonly field?: string;
}

export function refuse<Code extends string>(
  code: Code,
  message: string,
  field?: string,
): Refusal<Code> {
  return field === undefined
    ? { outcome: 'refused', code, message }
    : { outcome: 'refused', code, message, field };
}
