import { shown, unless } from '../breach.ts';
import type { CdaRule } from '../types.ts';
import { BIO, BIOLOGY_REPORT, BOTH, OID, STRUCT } from '../vocabulary.ts';

export const ACT_RULES: readonly CdaRule[] = [
  {
    id: 'CDA-HDR-MAIN-EVENT',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('documentationOf : acte principal'),
    title: 'L’acte principal a une date de début et un exécutant.',
    expected: 'serviceEvent/effectiveTime/low et performer',
    remedy: 'Renseignez la date de début et l’exécutant de l’acte principal.',
    judge: ({ document }) => {
      const event = document.mainServiceEvent;
      return unless(Boolean(event?.low?.value) && (event?.performers.length ?? 0) > 0, {
        where: event?.path ?? `${document.root.path}/documentationOf`,
        received: shown(event?.low?.value, `${event?.performers.length ?? 0} exécutant(s)`),
      });
    },
  },
  {
    id: 'CDA-HDR-PRACTICE-SETTING',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('standardIndustryClassCode (cadre d’exercice, JDV_J04)'),
    title: 'Le cadre d’exercice est porté par l’acte principal, et par lui seul.',
    expected: `un seul acte avec standardIndustryClassCode (${OID.practiceSetting})`,
    remedy: 'Ajoutez le cadre d’exercice à la structure de l’exécutant de l’acte principal.',
    judge: ({ document }) => {
      const settings = document.serviceEvents.map((event) =>
        event.performers.flatMap((one) => one.organization?.industryClass ?? []),
      );
      const bearing = settings.filter((list) => list.length > 0);
      const code = bearing[0]?.[0];
      return unless(bearing.length === 1 && Boolean(code?.code) && code?.codeSystem === OID.practiceSetting, {
        where: code?.path ?? `${document.root.path}/documentationOf[1]/serviceEvent[1]/performer`,
        received: shown(`${bearing.length} acte(s)`, code?.code, code?.codeSystem),
      });
    },
  },
  {
    id: 'CDA-HDR-FACILITY',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('componentOf : modalité d’exercice (JDV_J02)'),
    title: 'Le lieu de prise en charge porte un secteur d’activité.',
    expected: `healthCareFacility/code SAnn (${OID.sector}), par exemple SA25`,
    remedy: 'Renseignez le secteur d’activité de la structure (SA25 pour un laboratoire de ville).',
    judge: ({ document }) => {
      const code = document.encounter?.facilityCode;
      return unless(/^SA\d{2}$/.test(code?.code ?? '') && code?.codeSystem === OID.sector, {
        where: code?.path ?? document.encounter?.path ?? `${document.root.path}/componentOf`,
        received: shown(code?.code, code?.codeSystem),
      });
    },
  },
  {
    id: 'CDA-BIO-ORDER',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: BIO('inFulfillmentOf'),
    title: 'Le compte rendu de biologie cite la demande d’examens.',
    expected: 'inFulfillmentOf/order/id',
    remedy: 'Ajoutez l’identifiant de la demande à laquelle répond le compte rendu.',
    judge: ({ document }) =>
      document.code.code === BIOLOGY_REPORT
        ? unless(
            document.orders.some((id) => id.root !== ''),
            { where: `${document.root.path}/inFulfillmentOf`, received: shown(document.orders[0]?.extension) },
          )
        : [],
  },
];
