export { factsWords } from './lists.ts';
export { renderRemDiff } from './page.ts';
export {
  LEVELS,
  listMeaning,
  LISTS,
  notComparedSentence,
  PLACES,
  PROOF_CHANGES,
  renumberingWords,
  sideName,
  type ListWords,
} from './words.ts';
