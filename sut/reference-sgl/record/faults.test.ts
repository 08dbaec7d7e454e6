import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { entry, OPEN } from '../testing/fake-record.ts';
import { ANALYSES, about, agree, desk, lastLaboratory, search, useDesks, type Desk } from '../testing/record-desk.ts';

const REFUSED = {
  outcome: 'refused',
  detail: 'Le DMP a refusé. DMPAccessDeniedByRightsService : droits insuffisants',
  transient: false,
  codes: ['DMPAccessDeniedByRightsService'],
} as const;

useDesks();

describe('faults', () => {
  const PAST = { date: '2022-03-04T10:00:00+01:00', sendToDmp: false };
  const feed = (here: Desk) => here.do('feedHistory', { from: '2022-01-01', to: '2022-12-31' });
  const cases: readonly (readonly [fault: string, seen: (here: Desk) => Promise<unknown>])[] = [
    ['dmp-consultation-sans-accord', async (here) => (await search(here)).status],
    [
      'dmp-consultation-malgre-opposition',
      async (here) => {
        await here.do('recordDmpConsent', { choice: 'opposition' });
        return (await search(here)).status;
      },
    ],
    [
      'dmp-consultation-sans-td02',
      async (here) => {
        await agree(here);
        await search(here);
        return await here.actions();
      },
    ],
    [
      'dmp-consultation-sans-acces',
      async (here) => {
        here.dmp.existence = { ...OPEN, closed: true };
        await agree(here);
        return (await search(here)).status;
      },
    ],
    [
      'dmp-sans-td03-consultation',
      async (here) => {
        here.dmp.existence = { ...OPEN, authorisation: 'INEXISTANTE' };
        await agree(here);
        await here.do('checkDmpAccess');
        return here.dmp.calls;
      },
    ],
    ...(['dmp-acces-du-collegue', 'dmp-autorisation-du-collegue'] as const).map(
      (fault) =>
        [
          fault,
          async (here: Desk) => {
            await agree(here);
            await search(here);
            const before = here.dmp.calls.length;
            here.dmp.existence = { ...OPEN, authorisation: 'INEXISTANTE' };
            await here.do('searchDmp', { criteria: {}, user: 'utilisateur-1' });
            return [here.dmp.calls.slice(before), (await here.actions()).filter((action) => action === 'TD0.2').length];
          },
        ] as const,
    ),
    [
      'xds-titre-trop-long',
      async (here) => {
        const letter = { title: 'Lettre', typeCode: '11490-0', mediaType: 'application/pdf', base64: 'JVBERg==' };
        const { body } = await here.do('receiveDocument', letter);
        return lastLaboratory().lab.reports.get(String(body['documentId'])).report.title;
      },
    ],
    [
      'dmp-td03-sans-accord',
      async (here) => {
        here.dmp.existence = { ...OPEN, authorisation: 'INEXISTANTE' };
        await here.do('checkDmpAccess');
        return here.dmp.calls;
      },
    ],
    [
      'dmp-consentement-fige',
      async (here) => {
        await agree(here);
        return (await here.do('recordDmpConsent', { choice: 'opposition' })).status;
      },
    ],
    [
      'dmp-consentement-sans-trace',
      async (here) => {
        await agree(here);
        return await here.actions();
      },
    ],
    ...(['dmp-differences-muettes', 'dmp-ecrase-identite'] as const).map(
      (fault) =>
        [
          fault,
          async (here: Desk) => {
            const identity = { birthName: 'AUTRE', firstName: 'DOMINIQUE', sex: 'F', birthDate: '19790328' };
            here.dmp.existence = { ...OPEN, identity };
            const { body } = await here.do('checkDmpAccess');
            return [body['differences'], (await here.do('readState', { what: 'patient' })).body];
          },
        ] as const,
    ),
    [
      'dmp-blocage-ignore',
      async (here) => {
        await here.do('blockDmp', { on: true });
        await here.report();
        return here.channels.sent;
      },
    ],
    ...(
      ['dmp-sans-n1', 'dmp-sans-n3', 'dmp-td03-alimentation', 'dmp-recherche-automatique', 'dmp-sans-td02'] as const
    ).map(
      (fault) =>
        [
          fault,
          async (here: Desk) => {
            await here.report();
            return [here.channels.sent, here.dmp.calls, await here.actions()];
          },
        ] as const,
    ),
    [
      'dmp-ferme-envoie',
      async (here) => {
        here.dmp.existence = { ...OPEN, closed: true };
        await here.report();
        return here.channels.sent;
      },
    ],
    [
      'dmp-versement-non-montre',
      async (here) => {
        await here.report();
        return ((await here.state())['fed'] as unknown[]).length;
      },
    ],
    [
      'dmp-lettre-non-versee',
      async (here) => {
        const letter = { title: 'L', typeCode: '11490-0', mediaType: 'application/pdf', base64: 'JVBERg==' };
        await here.do('receiveDocument', letter);
        return here.channels.sent;
      },
    ],
    [
      'dmp-masquage-et-invisible',
      async (here) => {
        const hidden = { hiddenFromProfessionals: true, hiddenFromPatient: true };
        const input = { title: 'B', analyses: ANALYSES, professionals: [], sendToPatient: false, sendToDmp: true };
        return (await here.do('validateReport', { ...input, confidentiality: hidden })).status;
      },
    ],
    ...(
      ['dmp-suppression-locale', 'dmp-suppression-deprecie', 'dmp-suppression-archive', 'dmp-td03-suppression'] as const
    ).map(
      (fault) =>
        [
          fault,
          async (here: Desk) => {
            const reportId = await here.report();
            here.dmp.entries = [entry('1.2.1')];
            await about(here, 'deleteReport', reportId);
            return here.dmp.calls;
          },
        ] as const,
    ),
    ...(['dmp-masquage-local', 'dmp-demasque-tout'] as const).map(
      (fault) =>
        [
          fault,
          async (here: Desk) => {
            const reportId = await here.report({ confidentiality: { hiddenFromLegalRepresentatives: true } });
            here.dmp.entries = [entry('1.2.1')];
            await about(here, 'changeDmpDocument', reportId, { action: 'masquer' });
            return here.dmp.calls;
          },
        ] as const,
    ),
    [
      'dmp-complet-sans-remplacement',
      async (here) => {
        const reportId = await here.report({ status: 'partiel' });
        await about(here, 'replaceReport', reportId, { analyses: ANALYSES, status: 'complet' });
        return ((await here.state())['fed'] as { status: string }[]).map(({ status }) => status);
      },
    ],
    [
      'dmp-erreur-muette',
      async (here) => {
        await agree(here);
        here.dmp.verdict = REFUSED;
        return (await search(here)).body['message'];
      },
    ],
    [
      'dmp-historique-date-du-jour',
      async (here) => {
        await here.report(PAST);
        await feed(here);
        const { lab } = lastLaboratory();
        const expected = createHash('sha1').update('cda-n3 2022-03-04T09:00:00.000Z false 4').digest('hex');
        return lab.records.fed.list(here.patientId)[0]?.hash === expected;
      },
    ],
    [
      'dmp-historique-redouble',
      async (here) => {
        await here.report(PAST);
        await feed(here);
        await feed(here);
        return here.channels.sent;
      },
    ],
    [
      'dmp-historique-decede',
      async (here) => {
        await here.report(PAST);
        lastLaboratory().lab.patients.get(here.patientId).deceased = true;
        await feed(here);
        return here.channels.sent;
      },
    ],
    [
      'dmp-historique-sans-limite',
      async (here) => {
        await here.report(PAST);
        await feed(here);
        return here.waits;
      },
    ],
    ...(['dmp-web-chemin-minuscule', 'dmp-web-traits', 'dmp-web-sans-cle', 'dmp-web-numero-local'] as const).map(
      (fault) => [fault, async (here: Desk) => (await here.do('openDmpWeb', { page: 'dossier' })).body] as const,
    ),
    ...(['dmp-recherche-sans-actifs', 'dmp-recherche-ins-nu'] as const).map(
      (fault) =>
        [
          fault,
          async (here: Desk) => {
            await agree(here);
            await search(here);
            return here.dmp.queries;
          },
        ] as const,
    ),
    [
      'dmp-recherche-heure-utc',
      async (here) => {
        await agree(here);
        here.dmp.entries = [entry('1.9.1')];
        return (await search(here)).body;
      },
    ],
    ...(['dmp-doublon-non-vu', 'dmp-integre-sans-origine'] as const).map(
      (fault) =>
        [
          fault,
          async (here: Desk) => {
            await agree(here);
            here.dmp.entries = [entry('1.9.1')];
            const read = () => here.do('readDmpDocument', { uniqueId: '1.9.1', integrate: true });
            return [(await read()).body, (await read()).body];
          },
        ] as const,
    ),
    ...(['tbb-compte-les-bloques', 'tbb-compte-les-documents', 'tbb-sans-echecs'] as const).map(
      (fault) =>
        [
          fault,
          async (here: Desk) => {
            await here.report();
            here.dmp.existence = { ...OPEN, closed: true };
            await here.report();
            here.dmp.existence = OPEN;
            here.channels.sendReport = async () => ({ state: 'refuse', detail: 'non', messageId: '' });
            await here.report({ professionals: ['a@x.mssante.fr'] });
            const { lab } = lastLaboratory();
            return lab.records.acts.dashboard({ period: 'mois-courant' });
          },
        ] as const,
    ),
  ];

  it.each(cases)('%s changes what is done', async (fault, seen) => {
    const [right, wrong] = [await seen(await desk()), await seen(await desk([fault]))];
    expect(wrong).not.toEqual(right);
  });

  it('dmp-web-non-qualifie opens a page for an identity that is not qualified', async () => {
    const here = await desk(['dmp-web-non-qualifie'], false);
    expect((await here.do('openDmpWeb', { page: 'dossier' })).status).toBe(200);
  });
});
