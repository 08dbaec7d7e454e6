import { normalizeName } from './traits.ts';
import type { TestPatient, VitaleCard } from './types.ts';

/** What a product read on a card, as it crossed the wire: every element of `RECVITALE` is optional. */
export type CardRead = { -readonly [Key in keyof VitaleCard]?: VitaleCard[Key] };

/**
 * True when INSi would find this patient with this card. The bearer's number, when sent, designates one person; without
 * it the holder's number designates a family, among whom date, rank and name choose. What is sent must agree with the
 * card, whose dates may hold 00. Source: protocols.md §1.4; how the service weighs them is not published.
 */
export function answersToCard(patient: TestPatient, read: CardRead): boolean {
  if (patient.situation === 'inconnu') return false;
  const { card } = patient;
  const numbered =
    read.bearer === undefined
      ? read.holder !== undefined && read.holder === card.holder
      : [patient.ins, card.bearer, ...patient.history.map(({ ins }) => ins)].includes(read.bearer) &&
        (read.holder === undefined || read.holder === card.holder || read.holder === read.bearer);
  return (
    numbered &&
    (read.birthDate === undefined || read.birthDate === card.birthDate) &&
    (read.birthRank === undefined || read.birthRank === card.birthRank) &&
    (read.birthName === undefined || normalizeName(read.birthName) === card.birthName)
  );
}
