/** Text of a cell without the spaces around it; line breaks inside are the author's and stay. */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?/gu, '\n')
    .replace(/\u00A0/gu, ' ')
    .replace(/[\u200B\u2060\uFEFF]/gu, '')
    .trim();
}
