import { readDmpCall, type DmpCall } from '../series/calls.ts';
import data from './consultation.json' with { type: 'json' };
import { placeIn, type JudgedConsultation } from './types.ts';

const BODY = '/Envelope/Body[1]';

/** Consent of the patient and authorisation of the user (DMP/UX.06, DMP/UX.50). */
export function checkRights({ exchanges, options, report }: JudgedConsultation): void {
  const { agreed } = options;
  if (agreed === undefined) return;
  const calls = exchanges.map((exchange) => ({ exchange, call: readDmpCall(exchange) }));
  for (const [index, { call, exchange }] of calls.entries()) {
    const test = calls.slice(0, index).findLast((one) => one.call.transaction === 'TD0.2' && sameUser(one.call, call))
      ?.call.answer;
    if (call.reads && !agreed) {
      report.add('DMP-CONSENT-BEFORE-READING', {
        where: placeIn(exchange, BODY),
        received: `${call.transaction}, alors que le patient n’a pas donné son accord`,
        expected: 'aucune recherche ni lecture',
        remedy: 'Bloquez la consultation tant que la non-opposition du patient n’est pas enregistrée.',
      });
    }
    if (call.authorises && (!agreed || data.placed.includes(test?.authorisation ?? ''))) {
      report.add('DMP-AUTHORISATION-UNASKED', {
        where: placeIn(exchange, BODY),
        received: agreed
          ? `une autorisation posée (TD0.3), alors que le test d’existence répond ${test?.authorisation ?? ''}`
          : 'une autorisation posée (TD0.3), alors que le patient n’a pas donné son accord',
        expected: 'aucun TD0.3',
        remedy: 'Posez l’autorisation une seule fois, et seulement quand le patient ne s’oppose pas.',
      });
    }
    if (agreed && call.transaction === 'TD0.2' && mustBePlaced(call)) {
      const next = calls.slice(index + 1).find((one) => one.call.authorises || one.call.reads);
      if (next?.call.authorises === true && sameUser(next.call, call)) continue;
      // A reading without authorisation is told by DMP-ACCESS-REFUSED, whatever the patient chose.
      if (next?.call.reads === true) continue;
      report.add('DMP-AUTHORISATION-PLACED', {
        where: placeIn(exchange, BODY),
        received: `AUTORISATION ${call.answer.authorisation ?? ''}, puis ${next ? `${next.call.transaction} (échange ${next.exchange.id})` : 'rien'}`,
        expected: 'TD0.3 au nom du même utilisateur, puis la consultation',
        remedy: 'Posez l’autorisation de l’utilisateur (TD0.3) quand le patient ne s’oppose pas et qu’il n’y en a pas.',
      });
    }
  }
}

function sameUser(one: DmpCall, other: DmpCall): boolean {
  return one.user === other.user;
}

function mustBePlaced({ answer }: DmpCall): boolean {
  return answer.record === 'open' && data.toPlace.includes(answer.authorisation ?? '');
}
