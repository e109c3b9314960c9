import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { ProblemError } from '../problems/problem.js';
import { rememberMetadataByClass } from './metadata-by-class.js';

rememberMetadataByClass();

/** Checks queries and command bodies against their DTO classes; nothing unknown passes. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => firstFault(errors, []),
  });
}

function firstFault(errors: readonly ValidationError[], path: readonly string[]): ProblemError {
  const [error] = errors;
  if (!error) return new ProblemError({ code: 'parameter_invalid', detail: 'A field is invalid.' });
  const at = [...path, error.property];
  const { whitelistValidation, ...constraints } = error.constraints ?? {};
  const [message] =
    whitelistValidation === undefined
      ? Object.values(constraints)
      : [`${error.property} is nothing that this route takes`];
  if (message === undefined && error.children && error.children.length > 0) {
    return firstFault(error.children, at);
  }
  const field = at.join('.');
  return new ProblemError({
    code: 'parameter_invalid',
    detail: detailOf(field, error.property, message ?? 'is invalid'),
    field,
  });
}

/** Most messages begin with the name of the property already, without where it stands. */
function detailOf(field: string, property: string, message: string): string {
  return message.startsWith(`${property} `)
    ? `${field}${message.slice(property.length)}.`
    : `${field}: ${message}.`;
}
