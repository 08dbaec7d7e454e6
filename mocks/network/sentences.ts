/** A sentence of the journal, with what happened besides. */
export function addFault(sentence: string | undefined, added: string): string {
  return isEmpty(sentence) ? added : `${withoutStop(sentence)} ; ${added}`;
}

/** What was really sent; what the mock had prepared is told as such, since nobody received it. */
export function insteadOf(prepared: string | undefined, sent: string): string {
  if (isEmpty(prepared)) return sent;
  return `${sent} ; réponse préparée et jamais envoyée : ${withoutStop(prepared).replace(/^répondu /, '')}`;
}

function isEmpty(sentence: string | undefined): sentence is undefined | '' {
  return sentence === undefined || sentence === '';
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
