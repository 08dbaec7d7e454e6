const CODE = /^\d{1,7}-\d$/;

/** Whether a text has the shape of a LOINC code, `nnnnn-c`. */
export function isLoincCode(text: string): boolean {
  return CODE.test(text);
}

/** Whether the check digit of a code is right: sum of Luhn over the digits before the hyphen, the last one doubled. */
export function hasRightCheckDigit(code: string): boolean {
  const [digits = '', check = ''] = code.split('-');
  const sum = digits
    .split('')
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return (10 - (sum % 10)) % 10 === Number(check);
}

/** The codes of a cell: one, or several that somebody wrote one after the other. Anything else is kept as it is written. */
export function codesIn(cell: string): readonly string[] {
  return cell.split(/[\s,;|/+]+/u).filter((word) => word !== '');
}
