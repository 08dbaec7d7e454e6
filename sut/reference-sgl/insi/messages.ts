import { TRAIT_LABELS, type InsiIdentity } from '../identity/index.ts';
import type { Traits } from '../model/index.ts';
import type { InsiAnswer, InsiFailure } from './types.ts';

/** What the user reads after a search, and what the journal keeps of an answer. */
export function noMatchMessage(code: '01' | '02', byCard: object | undefined): string {
  const means = byCard ? 'à cette carte Vitale' : 'à ces traits';
  return code === '02'
    ? `Plusieurs identités correspondent ${means} : aucun INS n'est rattaché. Complétez les traits.`
    : `Aucune identité ne correspond ${means} : aucun INS n'est rattaché. Vérifiez les traits.`;
}

export function refusedMessage(reasons: readonly string[]): string {
  return `Le retour d'INSi ne peut pas être rattaché : ${reasons.join(' ; ')}. L'identité n'est pas modifiée.`;
}

/** For a fault, an unreadable answer or none. */
export function failureMessage(failure: InsiFailure): string {
  switch (failure.kind) {
    case 'erreur':
      return `INSi a renvoyé l'erreur ${failure.code} : ${failure.label || 'sans libellé'}. L'identité n'est pas modifiée.`;
    case 'illisible':
      return `La réponse d'INSi est illisible (${failure.why}). L'identité n'est pas modifiée ; réessayez plus tard.`;
    case 'indisponible':
      return `INSi : ${failure.why} L'identité n'est pas modifiée ; réessayez plus tard.`;
  }
}

/** The user must see what INSi changed (rule 6). */
export function attachedMessage(typed: Traits, now: Traits): string {
  const names = ['birthName', 'firstNames', 'sex', 'birthDate', 'birthPlace'] as const;
  const changes = names
    .filter((name) => String(typed[name] ?? '') !== String(now[name] ?? ''))
    .map((name) => (name === 'firstNames' ? 'prénoms' : TRAIT_LABELS[name]));
  const tail = changes.length > 0 ? ` Traits remplacés par ceux d'INSi : ${changes.join(', ')}.` : '';
  return `Identité trouvée par INSi : l'INS est rattaché.${tail}`;
}

/** Rules 37 and 39: the code, the label, and all that a return 00 brought. */
export function describeAnswer(answer: InsiAnswer): { returned: string; message: string; identity?: InsiIdentity } {
  switch (answer.kind) {
    case 'trouve':
      return { returned: answer.code, message: answer.label, identity: answer.identity };
    case 'sans-reponse':
      return { returned: answer.code, message: answer.label };
    default:
      return describeFailure(answer);
  }
}

export function describeFailure(failure: InsiFailure): { returned: string; message: string } {
  switch (failure.kind) {
    case 'erreur':
      return { returned: failure.code, message: failure.label };
    case 'illisible':
      return { returned: 'illisible', message: failure.why };
    case 'indisponible':
      return { returned: failure.code, message: failure.why };
  }
}
