import { checkAct } from './act.ts';
import { checkDocument } from './document.ts';
import { checkSourceTraits } from './patient.ts';
import { checkPeople } from './people.ts';
import { checkStyleSheet } from './style-sheet.ts';
import type { Pair } from './types.ts';

/** An entry against the CDA that it describes, and the style sheet that carries it. */
export function checkPair(pair: Pair & { readonly bytes: Uint8Array }): void {
  checkPeople(pair);
  checkSourceTraits(pair);
  checkAct(pair);
  checkDocument(pair);
  checkStyleSheet(pair);
}
