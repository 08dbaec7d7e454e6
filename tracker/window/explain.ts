import type { CivilDate } from '#dsr/dates/index.ts';
import type { Explanation, ReasonCode, WaitingCode, WarningCode, WindowInput, WindowJudgement } from './types.ts';
import { counted, frenchDate } from './words.ts';

type Sentence = (input: WindowInput, judged: WindowJudgement) => string;

const REASONS: Readonly<Record<ReasonCode, Sentence>> = {
  'signed-after-advance-period': ({ signedOn, advancePeriodEndsOn }) =>
    `La commande est signée le ${said(signedOn)}, après la clôture des demandes d’avance (${said(advancePeriodEndsOn)}).`,
  'signed-more-than-120-days-before-complete-file': ({ signedOn, deemedCompleteOn }, judged) =>
    `La commande est signée le ${said(signedOn)}, ${counted(judged.daysBeforeCompleteFile ?? 0, 'jour')} avant le dossier réputé complet (${said(deemedCompleteOn)}) : 120 au plus ; son dernier jour était le ${said(judged.lastDayForCompleteFile)}.`,
  'amount-zero': () => 'Le montant de la commande est de 0 € : l’ASP rejette une commande à 0 €.',
};

/** The way out of each reason and of each wait. */
const REMEDIES: Readonly<Record<ReasonCode | WaitingCode, string>> = {
  'signed-after-advance-period':
    'Vérifiez la date de signature, et si une clôture plus tardive a été publiée ; sinon cette commande n’est plus finançable.',
  'signed-more-than-120-days-before-complete-file':
    'Faites signer une nouvelle commande, datée du jour de sa signature : 120 jours au plus avant le dossier complet, ou après le référencement.',
  'amount-zero': 'Inscrivez le montant réel, que l’État prend en charge, même si le client ne paie rien.',
  'not-signed': 'Faites signer et dater la commande par le client.',
  'file-not-sent': 'Envoyez le dossier complet à l’ANS avant le dernier jour, puis donnez cette date.',
  'file-not-deemed-complete': 'Demandez cette date à l’ANS, puis donnez-la.',
};

const WAITING: Readonly<Record<WaitingCode, Sentence>> = {
  'not-signed': () => 'La commande n’est pas signée par le client : la fenêtre ne court pas encore.',
  'file-not-sent': (_, judged) =>
    judged.lastDayForCompleteFile === null
      ? 'Le dossier de preuves n’est pas envoyé à l’ANS.'
      : `Le dossier de preuves n’est pas envoyé à l’ANS : il doit y être complet le ${said(judged.lastDayForCompleteFile)} au plus tard.`,
  'file-not-deemed-complete': (_, judged) =>
    judged.lastDayForCompleteFile === null
      ? 'La date à laquelle l’ANS répute le dossier complet n’est pas connue.'
      : `La date à laquelle l’ANS répute le dossier complet n’est pas connue : elle doit être le ${said(judged.lastDayForCompleteFile)} au plus tard.`,
};

const WARNINGS: Readonly<Record<WarningCode, Sentence>> = {
  'only-sent-known': ({ sentOn }, judged) =>
    `Le dossier est envoyé le ${said(sentOn)}${judged.daysBeforeSentFile === null ? '' : ` (${counted(judged.daysBeforeSentFile, 'jour')} après la signature)`}, mais la date qui compte est celle à laquelle l’ANS le répute complet : renseignez-la dès qu’elle est connue.`,
  'sent-after-last-day': ({ sentOn }, judged) =>
    `Le dossier est envoyé le ${said(sentOn)}, après le dernier jour (${said(judged.lastDayForCompleteFile)}) : il ne peut guère être réputé complet à temps, tenez la commande pour perdue sauf avis contraire de l’ANS.`,
  'last-day-passed': ({ today }, judged) =>
    `Le dernier jour (${said(judged.lastDayForCompleteFile)}) est passé au ${said(today)} sans dossier envoyé : tenez la commande pour perdue, ou renseignez la date d’envoi si elle manque ici.`,
  'referenced-without-complete-date': ({ referencedOn }) =>
    `Le produit est référencé le ${said(referencedOn)}, donc son dossier a été réputé complet : retrouvez cette date, elle décide de la commande.`,
  'signed-on-referencing-day': () =>
    'La commande est signée le jour même du référencement : elle est lue ici comme n’étant pas antérieure, la règle des 120 jours ne s’y applique donc pas. Faites confirmer cette lecture.',
  'referencing-to-follow': () =>
    'Le produit n’est pas encore référencé : la commande n’est ferme que si le référencement suit.',
  'advance-end-unknown': () =>
    'La fin de la période des demandes d’avance n’est pas connue : il reste à vérifier que la signature ne lui est pas postérieure.',
  'advance-period-over': ({ advancePeriodEndsOn }) =>
    `La période des demandes d’avance est close depuis le ${said(advancePeriodEndsOn)} : une commande signée maintenant serait hors période.`,
  'complete-before-sent': ({ sentOn, deemedCompleteOn }) =>
    `Dates contradictoires : le dossier serait réputé complet (${said(deemedCompleteOn)}) avant d’être envoyé (${said(sentOn)}). Corrigez l’une des deux.`,
  'complete-after-referencing': ({ deemedCompleteOn, referencedOn }) =>
    `Dates contradictoires : le dossier serait réputé complet (${said(deemedCompleteOn)}) après le référencement (${said(referencedOn)}). Corrigez l’une des deux.`,
  'sent-after-referencing': ({ sentOn, referencedOn }) =>
    `Dates contradictoires : le dossier serait envoyé (${said(sentOn)}) après le référencement (${said(referencedOn)}). Corrigez l’une des deux.`,
  'advance-ends-before-referencing': ({ referencedOn, advancePeriodEndsOn }) =>
    `Les demandes d’avance closent le ${said(advancePeriodEndsOn)}, avant le référencement (${said(referencedOn)}) qui les permet : vérifiez ces deux dates.`,
  'signed-in-the-future': ({ signedOn }) => toCome('de signature', signedOn),
  'sent-in-the-future': ({ sentOn }) => toCome('d’envoi', sentOn),
  'complete-in-the-future': ({ deemedCompleteOn }) => toCome('de dossier réputé complet', deemedCompleteOn),
  'referenced-in-the-future': ({ referencedOn }) => toCome('de référencement', referencedOn),
};

/** Every reason, wait and warning of a judgement, as French sentences that name the dates. */
export function explainWindow(input: WindowInput, judged: WindowJudgement): readonly Explanation[] {
  const told = (kind: Explanation['kind'], code: Explanation['code'], sentence: Sentence): Explanation => ({
    kind,
    code,
    message: sentence(input, judged),
  });
  return [
    ...judged.reasons.map((code) => ({ ...told('reason', code, REASONS[code]), remedy: REMEDIES[code] })),
    ...judged.waiting.map((code) => ({ ...told('waiting', code, WAITING[code]), remedy: REMEDIES[code] })),
    ...judged.warnings.map((code) => told('warning', code, WARNINGS[code])),
  ];
}

/** One French sentence: the status and what it rests on. */
export function windowSummary(input: WindowInput, judged: WindowJudgement): string {
  const { signedOn, deemedCompleteOn, referencedOn } = input;
  if (judged.status === 'not-eligible')
    return judged.reasons.join() === 'amount-zero'
      ? 'Hors financement : la commande est à 0 €.'
      : 'Hors financement : la commande ne remplit pas les règles de la fenêtre.';
  if (judged.status === 'pending') {
    if (judged.lastDayForCompleteFile === null) return 'En attente : la commande n’est pas signée.';
    return `En attente : dossier complet le ${said(judged.lastDayForCompleteFile)} au plus tard${left(judged.daysLeft)}.`;
  }
  if (judged.lastDayForCompleteFile === null) {
    return `Finançable : commande signée le ${said(signedOn)}, le référencement (${said(referencedOn)}) acquis ; les 120 jours ne s’y appliquent pas.`;
  }
  const days = judged.daysBeforeCompleteFile ?? 0;
  return `Finançable : commande signée le ${said(signedOn)}, ${apart(days)} dossier réputé complet (${said(deemedCompleteOn)}).`;
}

function apart(days: number): string {
  if (days === 0) return 'le jour même du';
  return days < 0 ? `${counted(-days, 'jour')} après le` : `${counted(days, 'jour')} avant le`;
}

function left(days: number | null): string {
  if (days === null) return '';
  if (days < 0) return ` (passé de ${counted(-days, 'jour')})`;
  return days === 0 ? ' (aujourd’hui)' : ` (dans ${counted(days, 'jour')})`;
}

function toCome(what: string, date: CivilDate | undefined): string {
  return `La date ${what} (${said(date)}) est à venir : le résultat est une prévision, pas un constat.`;
}

/** A code is only given when its dates are known; the dash keeps the types honest. */
function said(date: CivilDate | null | undefined): string {
  return date === undefined || date === null ? '—' : frenchDate(date);
}
