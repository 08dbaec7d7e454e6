import { foldText } from './fold.ts';

/** From so many words on, three-word runs tell two texts apart well enough. */
const SHORT = 25;
/** A text with fewer words of its own is a template. */
const LEAST_OWN = 4;

/** Words that the statements of every couloir share, and those that only join others. */
const COMMON: ReadonlySet<string> = new Set(
  [
    'a afin ainsi alors au aucun aucune aussi autre autres aux avant avec ce celle celui ces cet cette ceux chaque comme',
    'd dans de depuis des dès doit doivent donc dont du elle elles en entre est et être eux fait il ils l la laquelle le',
    'lequel les lesquelles lesquels leur leurs lors lorsqu lorsque lui même mêmes n ne non on ont ou où par pas pendant',
    'peut peuvent plus pour puis qu quand que quel quelle quelles quels qui quoi s sa sans se selon ses si soit son sont',
    'sous sur tel telle telles tels tous tout toute toutes un une vers via y à ait ayant avoir',
    'application éditeur fonction fonctionnalité logiciel logicielle mettre permet permettant permettre permis pouvoir',
    'proposer solution système utilisateur utilisateurs',
  ].flatMap((line) => line.split(' ')),
);

/**
 * Words of its own of a short statement: those that neither French nor the templates of the programme ("le système doit
 * permettre à l'utilisateur de…") bring everywhere.
 *
 * @returns undefined for a text of 25 words or more, or one that has hardly a word of its own
 */
export function ownWords(text: string): ReadonlySet<string> | undefined {
  const words = text.slice(0, SHORT * 40).match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  if (words.length >= SHORT) return undefined;
  const own = new Set(words.map((word) => foldText(word).toLowerCase()).filter((word) => !COMMON.has(word)));
  return own.size >= LEAST_OWN ? own : undefined;
}
