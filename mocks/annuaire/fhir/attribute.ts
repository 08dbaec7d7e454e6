import { currentExchange } from '../../network/index.ts';
import type { AnnuaireDesk } from '../types.ts';

/**
 * Says whom a search is about: the professional by identifier or name, the mailbox by address.
 * @returns the national id of a professional of the population, when exactly one is named
 */
export function attributeSearch(parameters: URLSearchParams, desk: AnnuaireDesk): string | undefined {
  const exchange = currentExchange();
  const values = (name: string): readonly string[] =>
    [...parameters].flatMap(([key, value]) => (key === name || key.startsWith(`${name}:`) ? value.split(',') : []));
  const { professionals } = desk.context.population;
  const identifiers = new Set(values('identifier').map((value) => value.slice(value.lastIndexOf('|') + 1)));
  const family = new Set([...values('family'), ...values('name')].map((value) => value.toUpperCase()));
  const named = professionals.filter(
    (one) => identifiers.has(one.nationalId) || identifiers.has(one.rpps) || family.has(one.lastName),
  );
  const [only] = named;
  const professional = named.length === 1 ? only?.nationalId : undefined;
  const mailboxes = values('mailbox-mss').filter((value) => /^[^@]+@[^@]+$/u.test(value));
  exchange.attribute({
    ...(professional === undefined ? {} : { professional }),
    ...(mailboxes.length === 0 ? {} : { mailboxes }),
  });
  return professional;
}
