import { isTradeCode } from './category.ts';
import { BASE, COULOIR, isUsualId, visibleId } from './id.ts';

type Tell = (code: 'C6' | 'C10' | 'C11' | 'J12', value: string, detail: string) => void;

/**
 * The checks of the ANS on the number of a requirement: C6 (prefix), C10 (number of the shared base in the list of a
 * couloir), C11 (numbering), and J12 (nothing like a number).
 *
 * The range that C10 reserves is not public; what is certain is that a number under `SC.` belongs to the base.
 *
 * @param id normalised id
 * @param rawId as the workbook writes it
 */
export function checkId(id: string, rawId: string, tell: Tell): void {
  if (!isUsualId(id)) {
    tell('J12', visibleId(rawId), '');
    return;
  }
  const prefix = /^(\p{L}+)\.(?=\p{L})/u.exec(id)?.[1];
  if (prefix === BASE) tell('C10', visibleId(rawId), '');
  else if (prefix !== undefined && prefix !== COULOIR && !isTradeCode(prefix)) tell('C6', visibleId(rawId), prefix);
  checkNumber(id, tell);
}

/** C11 on any id: a number of one digit is one that a spreadsheet or a person shortened. */
export function checkNumber(id: string, tell: Tell): void {
  if (/\.\d(?=p?(?: BIS)?(?:\.|$))/u.test(id)) tell('C11', id, 'un numéro s’écrit avec deux chiffres');
}
