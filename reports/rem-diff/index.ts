export { factsWords } from './lists.ts';
export { renderRemDiff } from './page.ts';
export {
  isAlarming,
  layoutWords,
  LEVELS,
  LISTS,
  listWords,
  loneText,
  notComparedSentence,
  PLACES,
  PROOF_CHANGES,
  renumberingWords,
  sideName,
  type ListWords,
} from './words.ts';
