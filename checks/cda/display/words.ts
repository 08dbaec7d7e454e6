const MONTHS = 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' ');

/** What is compared: letters and digits, whatever case, accent, blank and decimal mark a page writes them with. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[\s\u200b]+/gu, '')
    .replaceAll(/(?<=\d),(?=\d)/gu, '.')
    .replaceAll(/[’‘]/gu, "'");
}

/** Whether a page says something. A number must stand alone: `5` is not said by `15`. */
export function holds(page: string, said: string): boolean {
  const wanted = plain(said);
  if (wanted === '') return true;
  const [, whole, part] = /^-?(\d+)(?:\.(\d+))?$/u.exec(wanted) ?? [];
  if (whole === undefined) return plain(page).includes(wanted);
  const decimals = (part ?? '').replace(/0+$/u, '');
  const rest = decimals === '' ? '(?:\\.0+)?' : `\\.${decimals}0*`;
  const alone = page.normalize('NFKC').replaceAll(/(?<=\d),(?=\d)/gu, '.');
  return new RegExp(`(?<!\\d|\\d\\.)${spaced(whole)}${rest}(?!\\d|\\.\\d)`, 'u').test(alone);
}

/** Thousands may be parted, and so may the digits of a number of identity. */
function spaced(number: string): string {
  return number.replaceAll(/(?<=\d)(?=\d)/gu, '[\\s\\u202f]?');
}

/** Whether a page shows a day, in figures in either order or in letters. @param day `yyyyMMdd` */
export function holdsDay(page: string, day: string): boolean {
  const [, year = '', month = '', date = ''] = /^(\d{4})(\d{2})(\d{2})/u.exec(day) ?? [];
  if (year === '') return true;
  const figures = page.replaceAll(/(?<=\d)[\s./-](?=\d)/gu, '');
  if ([`${date}${month}${year}`, `${year}${month}${date}`].some((way) => figures.includes(way))) return true;
  const letters = plain(MONTHS[Number(month) - 1] ?? '');
  return new RegExp(`(?<!\\d)0?${Number(date)}(?:er)?${letters}${year}(?!\\d)`, 'u').test(plain(page));
}
