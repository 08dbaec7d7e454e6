import { isMssanteAddress } from '#dsr/mssante/index.ts';
import { AMENDMENT_STATUSES, PIECES } from '../vocabulary.ts';
import { day } from '../written.ts';
import type { Judge, Judges } from './types.ts';

const PAID = 'decidee-et-payee';
const ABANDONED = 'abandonnee';
/** Programmes of the ASP whose balance carries the indicator of MSS deployment. */
const WITH_INDICATOR = /^MS[12]$/iu;
const CASE = /^Cas [12]$/u;

const acceptanceSigned: Judge = ({ document: { acceptance }, locate }) => {
  if (acceptance === undefined) return [{ where: locate('/acceptance'), received: 'ni VA ni MOM' }];
  return acceptance.signedOn === undefined
    ? [{ where: locate('/acceptance/signedOn'), received: `${acceptance.kind} sans date de signature` }]
    : [];
};

const acceptanceAddress: Judge = ({ document: { acceptance }, locate }) => {
  if (acceptance === undefined) return [];
  const { mssanteAddress = '' } = acceptance;
  if (isMssanteAddress(mssanteAddress)) return [];
  return [
    {
      where: locate('/acceptance/mssanteAddress'),
      received: mssanteAddress === '' ? 'aucune adresse' : mssanteAddress,
    },
  ];
};

const reserves: Judge = ({ document: { acceptance }, locate }) =>
  acceptance?.reserves === 'bloquantes'
    ? [{ where: locate('/acceptance/reserves'), received: 'réserves bloquantes' }]
    : [];

/** The last one that was not abandoned: earlier ones are replaced by it. */
const amendmentPaid: Judge = ({ document: { amendments = [] }, locate }) => {
  const last = amendments.findLastIndex(({ status }) => status !== ABANDONED);
  const amendment = amendments[last];
  if (amendment === undefined || amendment.status === PAID) return [];
  return [
    {
      where: locate(`/amendments/${last}/status`),
      received: `avenant ${amendment.number} : ${titleOf(amendment.status)}`,
    },
  ];
};

const mssCase: Judge = ({ document: { programme = '', mssDeployment, acceptance }, locate }) => {
  if (!WITH_INDICATOR.test(programme)) return [];
  const where = locate('/mssDeployment');
  const asked = mssDeployment ?? 'aucun indicateur';
  if (!CASE.test(asked)) return [{ where, received: asked }];
  const told = acceptance?.mssDeployment ?? 'aucun indicateur';
  return told === asked ? [] : [{ where, received: `${asked} dans la demande, ${told} sur la VA` }];
};

const enrolledAfter: Judge = ({ document: { enrolledOn, referencedOn }, locate }) => {
  if (referencedOn === undefined)
    return [{ where: locate('/referencedOn'), received: 'produit sans date de référencement' }];
  if (enrolledOn === undefined) return [{ where: locate('/enrolledOn'), received: 'aucune date d’enrôlement' }];
  return enrolledOn < referencedOn
    ? [
        {
          where: locate('/enrolledOn'),
          received: `enrôlement du ${day(enrolledOn)}, référencement du ${day(referencedOn)}`,
        },
      ]
    : [];
};

const enrolmentPieces: Judge = ({ document: { pieces = [] }, locate }) => {
  const missing = Object.entries(PIECES).flatMap(([code, { title }]) => (pieces.includes(code) ? [] : [title]));
  return missing.length === 0 ? [] : [{ where: locate('/pieces'), received: `manque : ${missing.join(', ')}` }];
};

const titleOf = (status: string): string =>
  Object.entries(AMENDMENT_STATUSES).find(([code]) => code === status)?.[1].title ?? status;

export const BALANCE_JUDGES: Judges = {
  'QUOTE-ACCEPTANCE-SIGNED': acceptanceSigned,
  'QUOTE-ACCEPTANCE-MSSANTE': acceptanceAddress,
  'QUOTE-ACCEPTANCE-RESERVES': reserves,
  'QUOTE-AMENDMENT-PAID': amendmentPaid,
  'QUOTE-MSS-CASE': mssCase,
  'QUOTE-ENROLMENT-AFTER': enrolledAfter,
  'QUOTE-ENROLMENT-PIECES': enrolmentPieces,
};
