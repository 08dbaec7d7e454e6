import { isBefore, isMissed, type CivilDate, type Deadline } from '#dsr/dates/index.ts';
import type { RequestKind } from '../asp/types.ts';
import { frenchDate } from '../window/index.ts';
import type { Tranche } from './tranches.ts';
import type { LedgerOrder, Risk, RiskCode } from './types.ts';

const BOTH: readonly RequestKind[] = ['avance', 'solde'];
const BALANCE: readonly RequestKind[] = ['solde'];

interface Judged {
  readonly given: LedgerOrder;
  readonly advance: Tranche;
  readonly balance: Tranche;
  readonly now: Date;
}

/**
 * Every reason for which money of an order may not come, or may be asked back (deck 004: the ASP recovers when the
 * calendar was not kept). Once the balance is paid, only what the ASP says of a request counts.
 */
export function risksOf(judged: Judged): readonly Risk[] {
  const { balance } = judged;
  const settled = balance.paidAt !== undefined;
  return [...(settled ? [] : [...orderRisks(judged), ...calendarRisks(judged)]), ...requestRisks(judged)];
}

function orderRisks({ given, balance }: Judged): readonly Risk[] {
  const { order, window } = given;
  const risks: Risk[] = [];
  if (order.signedOn === undefined) {
    risks.push(
      risk(
        'not-signed',
        BOTH,
        'Le bon de commande n’est pas signé par le client : rien ne peut être demandé.',
        'Faites-le signer, puis écrivez la date (« Signé par le client le »).',
      ),
    );
  }
  if (window === 'not-eligible') {
    risks.push(
      risk(
        'window',
        BOTH,
        'La date de signature n’est pas couverte par la fenêtre des 120 jours ou par la période d’avance.',
        'Voyez pourquoi : npm run jalon -- orders window.',
      ),
    );
  }
  const open = order.amendments.findLast(({ status }) => status === 'a-deposer' || status === 'deposee');
  if (open !== undefined && balance.asked === undefined) {
    risks.push(
      risk(
        'amendment-open',
        BALANCE,
        `L’avenant ${open.number} n’est pas décidé et payé : le solde est refusé tant qu’il ne l’est pas.`,
        'Suivez sa décision à l’ASP, ou abandonnez-le.',
      ),
    );
  }
  return risks;
}

function calendarRisks(judged: Judged): readonly Risk[] {
  const { given, advance, balance, now } = judged;
  const { deadlines } = given;
  const risks: Risk[] = [];
  // An advance that was paid was taken, whenever it came.
  const advanceDue = advance.paidAt === undefined ? deadlines.advance : undefined;
  if (advanceDue !== undefined && isMissed(advanceDue, advance.askedAt ?? now)) {
    risks.push(
      risk(
        'advance-late',
        BOTH,
        `La demande d’avance ${advance.asked === undefined ? 'n’est pas déposée' : 'a été déposée après la date limite'} : elle l’était jusqu’au ${moment(advanceDue)}.`,
        'Rapprochez-vous de l’ASP : sans avance, le solde n’est pas reçu.',
      ),
    );
  }
  risks.push(...firmDateRisks(judged), ...serviceRisks(judged));
  if (deadlines.balance !== undefined && isMissed(deadlines.balance, balance.askedAt ?? now)) {
    risks.push(
      risk(
        'balance-late',
        BOTH,
        `La demande de solde ${balance.asked === undefined ? 'n’est pas déposée' : 'a été déposée après la date limite'} : elle l’était jusqu’au ${moment(deadlines.balance)}.${recoverable(advance)}`,
        'Prévenez le client et l’ASP, et gardez la preuve de la date de réalisation.',
      ),
    );
  }
  return risks;
}

/** 2023 rule: the client was told a firm date in time, and one that keeps the date of service. */
function firmDateRisks({ given, now }: Judged): readonly Risk[] {
  const { order, deadlines } = given;
  const { firmDate: limit, service } = deadlines;
  const { firmServiceDate, acceptance } = order;
  const done = acceptance?.serviceDoneOn;
  const risks: Risk[] = [];
  // Who had been served by then had no date to wait for.
  if (limit !== undefined && (done === undefined || isBefore(limit.date, done))) {
    const announcedOn = firmServiceDate?.announcedOn;
    if (announcedOn === undefined && isMissed(limit, now)) {
      risks.push(
        risk(
          'firm-date-missing',
          BOTH,
          `Aucune date ferme d’installation n’est connue comme annoncée au client : elle devait l’être le ${moment(limit)} au plus tard.`,
          'Si elle l’a été, écrivez quand (« Date ferme annoncée le ») et gardez la preuve ; sinon, annoncez-la sans attendre et prévenez l’ASP.',
        ),
      );
    }
    if (announcedOn !== undefined && isBefore(limit.date, announcedOn)) {
      risks.push(
        risk(
          'firm-date-late',
          BOTH,
          `La date ferme a été annoncée au client le ${frenchDate(announcedOn)}, après le ${moment(limit)}.`,
          'Gardez la preuve de l’annonce et prévenez l’ASP.',
        ),
      );
    }
  }
  if (
    firmServiceDate !== undefined &&
    service !== undefined &&
    done === undefined &&
    isBefore(service.date, firmServiceDate.date)
  ) {
    risks.push(
      risk(
        'firm-date-beyond-service',
        BOTH,
        `La date ferme annoncée, le ${frenchDate(firmServiceDate.date)}, dépasse la date limite de réalisation, le ${moment(service)}.`,
        'Avancez l’installation, ou prévenez le client et l’ASP que la date limite ne sera pas tenue.',
      ),
    );
  }
  return risks;
}

function serviceRisks({ given, advance, balance, now }: Judged): readonly Risk[] {
  const { order, deadlines } = given;
  const { service, noticeDue } = deadlines;
  if (service === undefined) return [];
  const done = order.acceptance?.serviceDoneOn;
  const risks: Risk[] = [];
  if (done === undefined ? isMissed(service, now) : isBefore(service.date, done)) {
    risks.push(
      risk(
        'service-late',
        BOTH,
        `La prestation ${done === undefined ? 'n’est pas connue comme réalisée' : `a été réalisée le ${frenchDate(done)}`} : elle devait l’être le ${moment(service)} au plus tard.${recoverable(advance)}`,
        'Si elle l’était, écrivez la date (« Service fait le ») ; sinon, prévenez le client et l’ASP.',
      ),
    );
  }
  const askedInTime = balance.askedAt !== undefined && !isMissed(service, balance.askedAt);
  if (noticeDue && !askedInTime) risks.push(...noticeRisks(service, order.completionNotifiedOn, advance, now));
  return risks;
}

/** By the date of service, either the balance is handed in or the ASP is told that the service is done. */
function noticeRisks(
  service: Deadline,
  notifiedOn: CivilDate | undefined,
  advance: Tranche,
  now: Date,
): readonly Risk[] {
  if (notifiedOn === undefined) {
    if (!isMissed(service, now)) return [];
    return [
      risk(
        'notice-missing',
        BOTH,
        `Le ${moment(service)}, ni demande de solde déposée, ni achèvement notifié à l’ASP.${recoverable(advance)}`,
        'Si l’achèvement a été notifié, écrivez quand (« Achèvement notifié à l’ASP le ») ; sinon, notifiez-le sans attendre.',
      ),
    ];
  }
  if (!isBefore(service.date, notifiedOn)) return [];
  return [
    risk(
      'notice-late',
      BOTH,
      `L’achèvement a été notifié à l’ASP le ${frenchDate(notifiedOn)}, après le ${moment(service)}.${recoverable(advance)}`,
      'Gardez la preuve de la date de réalisation et rapprochez-vous de l’ASP.',
    ),
  ];
}

const REQUESTS = {
  'a-modifier': [
    'request-to-modify',
    (id) => `L’ASP demande de modifier la demande ${id}.`,
    'Corrigez-la et déposez-la de nouveau.',
  ],
  incomplete: [
    'request-incomplete',
    (id) => `La demande ${id} est incomplète : le fichier est pris, les pièces manquent ou sont refusées.`,
    'Déposez de nouveau le zip des pièces.',
  ],
  'risque-de-recouvrement': [
    'recovery',
    (id) => `L’ASP signale un risque de recouvrement sur la demande ${id}.`,
    'Répondez à l’ASP avec les preuves des dates de réalisation et d’annonce.',
  ],
} as const satisfies Record<string, readonly [RiskCode, (id: string) => string, string]>;

function requestRisks({ advance, balance }: Judged): readonly Risk[] {
  return [advance, balance].flatMap(({ kind, status, asked }) => {
    if (
      asked === undefined ||
      (status !== 'a-modifier' && status !== 'incomplete' && status !== 'risque-de-recouvrement')
    ) {
      return [];
    }
    const [code, message, remedy] = REQUESTS[status];
    return [risk(code, [kind], message(asked.id), remedy)];
  });
}

/** Only what was paid can be asked back. */
function recoverable({ paid }: Tranche): string {
  return paid > 0 ? ' L’avance versée peut être recouvrée.' : '';
}

function risk(code: RiskCode, kinds: readonly RequestKind[], message: string, remedy: string): Risk {
  return { code, kinds, message, remedy };
}

/** `14 décembre 2023 à 14:00`. */
function moment({ date, time }: Deadline): string {
  return time === undefined ? frenchDate(date) : `${frenchDate(date)} à ${time}`;
}
