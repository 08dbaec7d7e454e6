/**
 * Sum of Luhn (ISO/IEC 7812-1, annex B): from the right, every second digit counts double, less 9 beyond 9.
 *
 * @param digits decimal digits only
 * @returns the sum; a number with its key is right when it is a multiple of 10
 */
export function luhnSum(digits: string): number {
  let total = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 0 ? digit : digit * 2;
    total += doubled > 9 ? doubled - 9 : doubled;
  }
  return total;
}

/** The digit that makes a number right when it is written after it. */
export function luhnKey(digits: string): string {
  return String((10 - (luhnSum(`${digits}0`) % 10)) % 10);
}
