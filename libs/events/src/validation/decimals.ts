import { ruledBy } from './field-rule.js';

const decimalPattern = /^\d{1,12}(\.\d{1,12})?$/;

/** A number that is no amount, such as a rate, as decimal text: exact, never negative. */
export function IsDecimal(): PropertyDecorator {
  return ruledBy({
    name: 'isDecimal',
    check: (value) => typeof value === 'string' && decimalPattern.test(value),
    message: 'must be a decimal text such as "1.0825", at most twelve digits each side',
    form: { kind: 'value', schema: { type: 'string', pattern: decimalPattern.source } },
  });
}
