import type { OrderMessage } from '#tracker/orders/index.ts';
import { oneLine, wrap } from './table.ts';

const WORDS = { error: 'Erreur', warning: 'À vérifier', info: 'À savoir' } as const;

/** Where a message stands, as the user finds it: « ligne 4, colonne C « SIRET du client » ». */
export function placeOf({ row, column, header }: OrderMessage): string {
  if (column.startsWith('/')) return column;
  const place = [
    ...(row === 0 ? [] : [`ligne ${row}`]),
    ...(column === '' && header === ''
      ? []
      : [`colonne ${[column, header && `« ${header} »`].filter(Boolean).join(' ')}`]),
  ];
  return place.join(', ');
}

/** One paragraph a message: place, value, what is wrong, what to do. */
export function messageLines(messages: readonly OrderMessage[], width: number): readonly string[] {
  return messages.flatMap((message) => {
    const value = message.value === '' ? '' : ` (« ${oneLine(message.value).slice(0, 60)} »)`;
    const place = placeOf(message);
    const text = `${WORDS[message.severity]}${place === '' ? '' : `, ${place}`}${value} : ${message.message} ${message.remedy} [${message.code}]`;
    return wrap(text, width, '  - ');
  });
}
