import { InvalidArgumentError } from 'commander';

/** Reads an option that is a whole number, not below the least that makes sense. */
export function wholeNumberFrom(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d{1,15}$/.test(text) && number >= least) return number;
    throw new InvalidArgumentError(`Give a whole number from ${least} on.`);
  };
}
