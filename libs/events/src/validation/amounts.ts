import { minorDigitsOf } from '#kernel';
import { ruledBy, type RuleFault } from './field-rule.js';

const unitAmountPattern = /^\d{1,12}(\.\d{1,12})?$/;

/** An amount is checked as one value, not as a nested class: there are many in every event. */
interface AmountForm {
  readonly member: 'minor' | 'decimal';
  readonly isValue: (value: unknown) => boolean;
  readonly valueMessage: string;
}

const minorUnits: AmountForm = {
  member: 'minor',
  isValue: (value) => Number.isSafeInteger(value) && Number(value) >= 0,
  valueMessage: 'must be a whole number of minor units from 0 to 9007199254740991',
};

const signedMinorUnits: AmountForm = {
  member: 'minor',
  isValue: Number.isSafeInteger,
  valueMessage: 'must be a whole number of minor units from -9007199254740991 to 9007199254740991',
};

const unitAmount: AmountForm = {
  member: 'decimal',
  isValue: (value) => typeof value === 'string' && unitAmountPattern.test(value),
  valueMessage: 'must be a decimal text such as "30.00", at most twelve digits each side',
};

/** `{minor, currency}` with minor units from zero up to the safe integers. */
export function IsMoney(): PropertyDecorator {
  return ruledBy({
    name: 'isMoney',
    check: (value) => amountFault(value, minorUnits) === undefined,
    message: 'must be {"minor": whole number, "currency": ISO 4217 code}',
    form: { kind: 'value', schema: { $ref: '#/$defs/Money' } },
    explain: (value) => explained(value, minorUnits),
  });
}

/** `{minor, currency}` on either side of zero: a difference, or what a settlement nets to. */
export function IsSignedMoney(): PropertyDecorator {
  return ruledBy({
    name: 'isSignedMoney',
    check: (value) => amountFault(value, signedMinorUnits) === undefined,
    message: 'must be {"minor": whole number, "currency": ISO 4217 code}',
    form: { kind: 'value', schema: { $ref: '#/$defs/SignedMoney' } },
    explain: (value) => explained(value, signedMinorUnits),
  });
}

/** `{decimal, currency}`: a price or cost per unit, which may be finer than the minor unit. */
export function IsUnitAmount(): PropertyDecorator {
  return ruledBy({
    name: 'isUnitAmount',
    check: (value) => amountFault(value, unitAmount) === undefined,
    message: 'must be {"decimal": text such as "30.00", "currency": ISO 4217 code}',
    form: { kind: 'value', schema: { $ref: '#/$defs/UnitAmount' } },
    explain: (value) => explained(value, unitAmount),
  });
}

function explained(value: unknown, form: AmountForm): RuleFault {
  const fault = amountFault(value, form);
  if (!fault) throw new Error('A valid amount has no fault.');
  return fault;
}

function amountFault(value: unknown, form: AmountForm): RuleFault | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { code: 'field_invalid', message: `must be {"${form.member}": …, "currency": …}` };
  }
  const amount = value as Readonly<Record<string, unknown>>;
  for (const member in amount) {
    if (member === form.member || member === 'currency') continue;
    return { code: 'field_unknown', member, message: 'is no member of an amount' };
  }
  const { [form.member]: number, currency } = amount;
  if (number === undefined || number === null) {
    return { code: 'field_missing', member: form.member, message: form.valueMessage };
  }
  if (!form.isValue(number)) {
    return { code: 'field_invalid', member: form.member, message: form.valueMessage };
  }
  if (typeof currency === 'string' && minorDigitsOf(currency) !== undefined) return undefined;
  return currency === undefined || currency === null
    ? { code: 'field_missing', member: 'currency', message: 'must be an ISO 4217 currency code' }
    : {
        code: 'currency_unknown',
        member: 'currency',
        message: 'must be an ISO 4217 currency code',
      };
}
