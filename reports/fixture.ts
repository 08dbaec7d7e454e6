import { loadCatalogue } from '#dsr/catalogue/index.ts';
import { findSlot } from '#dsr/rem/index.ts';
import type { Finding, Verdict } from '#dsr/verdict/index.ts';
import { sha256, slotFolder, type Piece } from '#evidence/index.ts';
import { runVerdict, slotStateAfter } from '#tracker/domain/index.ts';
import type { RunRecord, ScenarioResult, SlotStatus } from '#tracker/types.ts';
import type { ReportInput } from './types.ts';

/** For tests only: a run of the embedded catalogue that holds every verdict, every cause and every kind of finding. */

export const REM = loadCatalogue('SGL', 'va1');
const RUN_ID = '20261122-014913-a1b2';

export function finding(over: Partial<Finding> = {}): Finding {
  return {
    rule: 'MAIL-FROM-LIBELLE',
    layer: 'business',
    severity: 'error',
    where: 'en-tête From, ligne 3',
    received: '<labo@nova.mssante.example>',
    expected: '"Dr_Eva_BLEU_LABO NOVA" <labo@nova.mssante.example>',
    remedy: 'Renseignez le libellé de l’expéditeur : Titre_Prénom_NOM_Entité pour une boîte personnelle.',
    requirements: ['MSS/va1.16'],
    source: 'Règles d’échange de la messagerie du secteur SGL, § libellé de l’expéditeur',
    ...over,
  };
}

export function piece(slotId: string, scenario: string, over: Partial<Piece['provenance']> = {}): Piece {
  const place = findSlot(REM, slotId);
  const file = over.file ?? '01-requete-insi.http';
  return {
    slot: slotId,
    path: `preuves/${slotFolder(slotId)}/${file}`,
    provenance: {
      slot: slotId,
      requirement: place?.requirement.id ?? '',
      scenario,
      evidenceClass: place?.slot.evidenceClass ?? 'bench',
      caption: 'Recherche INSi n° 1 : la requête telle que le produit l’a envoyée',
      product: { name: 'LaboNova', version: '7.2' },
      driver: 'reference',
      rem: { category: 'SGL', wave: 'va1', source: REM.source, sha256: REM.sha256 },
      run: RUN_ID,
      verdict: 'conforme',
      collectedAt: '2026-11-22T01:49:21.123Z',
      benchVersion: '0.1.0',
      file,
      mediaType: 'application/http',
      size: 4211,
      sha256: sha256(Buffer.from(slotId + file)),
      originalSha256: sha256(Buffer.from(file)),
      masked: false,
      ...over,
    },
  };
}

export function scenario(id: string, over: Partial<ScenarioResult> = {}): ScenarioResult {
  const [feature = ''] = id.split('#');
  return {
    id,
    feature,
    name: 'le jour de naissance renvoyé par INSi vaut 00',
    requirements: [],
    slots: [],
    verdict: 'conforme',
    reason: '',
    durationMs: 412,
    findings: [],
    otherFindings: [],
    steps: [
      { text: 'un patient que INSi connaît, enregistré dans le produit', status: 'passed' },
      { text: 'le produit recherche son identité par traits', status: 'passed' },
      { text: 'INSi a reçu une recherche par traits conforme et répondu "00"', status: 'passed' },
    ],
    pieces: [],
    ...over,
  };
}

const header = finding({
  rule: 'MAIL-MESSAGE-ID-DOMAINE',
  severity: 'warning',
  where: 'en-tête Message-ID, ligne 2',
  received: '<20261122014920.77@srv-lab-01>',
  expected: 'un identifiant au domaine de la boîte',
  remedy: 'Formez le Message-ID avec le domaine de la boîte émettrice.',
  requirements: ['MSS/va1.12'],
});

/** The sentence that the suite makes of a decisive finding. */
function reasonOf({ rule, where, received, expected, remedy }: Finding): string {
  return `${rule} (${where}) : reçu « ${received} », attendu « ${expected} ». ${remedy}`;
}

function sampleScenarios(): readonly ScenarioResult[] {
  const slots = REM.requirements
    .filter(({ nature, profile }) => nature === 'DOIT' && profile === 'Général')
    .flatMap((requirement) =>
      requirement.scenarios.flatMap(({ proofs }) => proofs.map((slot) => ({ requirement, slot }))),
    )
    .filter(({ slot }, index) => slot.evidenceClass === 'bench' || index % 7 === 0);
  const green = slots.map(({ requirement, slot }, index) =>
    scenario(`${requirement.section.toLowerCase()}/parcours-${Math.floor(index / 4) + 1}#${(index % 4) + 1}`, {
      feature: `${requirement.sectionTitle} : ${requirement.function || requirement.block}`,
      name: slot.title ?? requirement.title,
      requirements: [requirement.id],
      slots: [slot.id],
      durationMs: 180 + index * 23,
      otherFindings: index % 9 === 4 ? [header] : [],
      pieces: [
        piece(slot.id, `${requirement.section.toLowerCase()}/parcours-${Math.floor(index / 4) + 1}#${(index % 4) + 1}`),
        piece(
          slot.id,
          `${requirement.section.toLowerCase()}/parcours-${Math.floor(index / 4) + 1}#${(index % 4) + 1}`,
          {
            file: '02-fiche-apres.json',
            mediaType: 'application/json',
            caption: 'La fiche du patient après le retour d’INSi',
            size: 812,
            masked: index % 5 === 0,
          },
        ),
      ],
    }),
  );
  const decisive = finding();
  return [
    ...green,
    scenario('mss/envoi#1', {
      feature: 'Un compte rendu part par messagerie sécurisée',
      name: 'le libellé de l’expéditeur dit qui écrit',
      requirements: ['MSS/va1.16'],
      slots: ['MSS/va1.16.01.01'],
      verdict: 'non-conforme',
      reason: reasonOf(decisive),
      findings: [decisive],
      steps: [
        { text: 'une boîte organisationnelle du laboratoire', status: 'passed' },
        { text: 'le produit envoie le compte rendu validé', status: 'passed' },
        { text: 'l’opérateur a reçu un courriel conforme', status: 'failed', message: reasonOf(decisive) },
        { text: 'la source du courriel est gardée', status: 'skipped' },
      ],
    }),
    scenario('ins/recherche-par-traits#9', {
      name: 'le certificat du produit est périmé',
      requirements: ['INS/va1.40'],
      verdict: 'non-verifiable',
      cause: 'configuration',
      reason:
        'Le produit devait appeler INSi, mais sa connexion a été refusée : certificat périmé depuis 3 jours. Renouvelez le certificat ORG_AUTH_CLI.',
      steps: [{ text: 'le produit recherche son identité par traits', status: 'failed' }],
    }),
    scenario('dmp/alimentation#4', {
      name: 'un document est remplacé au DMP',
      requirements: [REM.requirements.find(({ section }) => section === 'DMP')?.id ?? ''],
      verdict: 'non-verifiable',
      cause: 'produit',
      reason: 'Le geste replaceReport n’est pas possible avec ce pilotage : le produit ne l’expose pas.',
    }),
    scenario('ins/statuts#2', {
      name: 'un titre vu après le retour d’INSi qualifie l’identité',
      requirements: ['INS/va1.54'],
      slots: ['INS/va1.54.02.01'],
      verdict: 'non-verifiable',
      cause: 'banc',
      reason: 'Le banc a échoué : le journal n’a pas pu être écrit',
    }),
    scenario('doc/production#3', {
      name: 'le compte rendu PDF se lit',
      requirements: [REM.requirements.find(({ section }) => section === 'DOC')?.id ?? ''],
      verdict: 'a-verifier',
      reason: 'Ouvrez le PDF et vérifiez que les résultats anormaux se distinguent à l’impression.',
    }),
    scenario('ins/champs#1', {
      feature: 'La fiche montre toute l’identité',
      name: 'les champs de l’identité se voient sur la fiche',
      requirements: ['INS/va1.01'],
      slots: ['INS/va1.01.01.01'],
      verdict: 'a-verifier',
      reason: 'Ce que l’écran montre reste à filmer pour INS/va1.01.01.01 : voir « À filmer ».',
      pieces: [],
      steps: [
        { text: 'Étant donné un patient qualifié dans le produit', status: 'passed' },
        { text: 'Quand le testeur ouvre la fiche du patient', status: 'passed', guided: true },
        { text: 'Alors le testeur filme pour la preuve "INS/va1.01.01.01" :', status: 'passed', guided: true },
      ],
      guide: [
        { kind: 'action', text: 'Le testeur ouvre la fiche du patient.' },
        {
          kind: 'prise-de-vue',
          slot: 'INS/va1.01.01.01',
          shots: ['le matricule INS & son OID', 'le nom de naissance'],
        },
      ],
      patients: [
        {
          birthName: 'D’ESSAI <UN>',
          firstNames: ['ANNE-MARIE', 'ZOE'],
          sex: 'F',
          birthDate: '1980-05-00',
          birthPlace: '63220',
          ins: '280016322000188',
          oid: '1.2.250.1.213.1.4.10',
          patientId: 'P-7',
        },
      ],
    }),
  ];
}

/** Everything at once: green, red of each kind, to review, findings elsewhere, an unexpected operation. */
export function sampleInput(over: Partial<RunRecord> = {}): ReportInput {
  const scenarios = over.scenarios ?? sampleScenarios();
  const run: RunRecord = {
    id: RUN_ID,
    category: 'SGL',
    wave: 'va1',
    profiles: ['general', 'referentiel-identites'],
    rem: { source: REM.source, sha256: REM.sha256 },
    product: { name: 'LaboNova', version: '7.2', build: '4411', editor: 'Éditeur d’essai' },
    driver: 'reference',
    faults: [],
    benchVersion: '0.1.0',
    startedAt: '2026-11-22T01:49:13.000Z',
    endedAt: '2026-11-22T01:49:54.200Z',
    lifecycle: 'finished',
    verdict: runVerdict(scenarios),
    durationMs: 41_200,
    scenarios,
    unexpected: [
      {
        service: 'insi',
        operation: 'GET /lps?wsdl',
        outcome: 'répondu 404 : INSi ne publie pas de WSDL à cette adresse',
        at: '2026-11-22T01:49:30.000Z',
      },
    ],
    ...over,
  };
  return { run, rem: REM, statuses: statusesOf(run) };
}

function statusesOf(run: RunRecord): readonly SlotStatus[] {
  const worst = new Map<string, Verdict>();
  for (const each of run.scenarios) for (const slot of each.slots) worst.set(slot, each.verdict);
  return Array.from(worst, ([slot, verdict]) => {
    const pieces = run.scenarios.flatMap((each) => each.pieces).filter((each) => each.slot === slot).length;
    const evidenceClass = findSlot(REM, slot)?.slot.evidenceClass ?? 'bench';
    return { slot, state: slotStateAfter('vide', { verdict, evidenceClass, pieces }), run: run.id };
  });
}
