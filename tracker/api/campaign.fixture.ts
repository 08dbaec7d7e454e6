import { mkdir } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findSlot, loadCatalogue } from '#dsr/catalogue/index.ts';
import type { Rem } from '#dsr/rem/index.ts';
import type { Finding, Verdict } from '#dsr/verdict/index.ts';
import { createCollector, type Capture, type Piece } from '#evidence/index.ts';
import { runVerdict } from '../domain/index.ts';
import { openTracker, type Tracker } from '../store/index.ts';
import type { RunRecord, ScenarioResult } from '../types.ts';
import { folderVault } from '#evidence/vault/index.ts';

export const PRODUCT = { name: 'Labo Exemple', version: '7.2', build: '4411', editor: 'Éditeur Exemple' };

/** Two runs of a laboratory system, with pieces on disk made by the evidence room itself. */
export interface FilledTracker {
  readonly tracker: Tracker;
  readonly dataDir: string;
  readonly rem: Rem;
  readonly runDir: string;
}

const REQUEST = `<?xml version="1.0" encoding="UTF-8"?>
<env:Envelope xmlns:env="http://www.w3.org/2003/05/soap-envelope">
  <env:Body><RECSANSVITALE><NOMNAISSANCE>PAT-TROIS</NOMNAISSANCE></RECSANSVITALE></env:Body>
</env:Envelope>
`;

const request: Capture = {
  name: 'requete-insi',
  extension: '.xml',
  mediaType: 'application/soap+xml',
  bytes: new TextEncoder().encode(REQUEST),
  caption: 'La requête de recherche telle que INSi l’a reçue',
};
const page: Capture = {
  name: 'fiche',
  extension: '.html',
  mediaType: 'text/html',
  bytes: new TextEncoder().encode('<!doctype html><script>document.title = "exécuté"</script><p>Fiche</p>'),
  caption: 'La fiche de l’identité après l’appel',
};

/** One finding of each severity, with values long enough to need wrapping. */
export const FINDINGS: readonly Finding[] = [
  {
    rule: 'ECO-FROM-LABEL',
    layer: 'business',
    severity: 'error',
    where: 'en-tête From, ligne 3',
    received: '<labo@exemple.mssante.fr>',
    expected: '"Dr_Eva_TEST_LABO EXEMPLE" <labo@exemple.mssante.fr>',
    remedy: 'Renseignez le libellé de l’expéditeur : titre, prénom, nom et entité.',
    requirements: ['MSS/va1.16'],
    source: 'Exigence MSS/va1.16',
  },
  {
    rule: 'ECO-MSGID-DOMAIN',
    layer: 'wire',
    severity: 'warning',
    where:
      '/Envelope/Body[1]/ProvideAndRegisterDocumentSetRequest[1]/SubmitObjectsRequest[1]/RegistryObjectList[1]/ExtrinsicObject[1]/Slot[1]',
    received: '20220521104206.77@srv-laboratoire-principal-de-production-01.interne.exemple',
    expected: 'le domaine de la boîte : exemple.mssante.fr',
    remedy: 'Donnez au Message-ID le domaine de la boîte qui émet.',
    requirements: ['MSS/va1.16'],
    source: 'RFC 5322 §3.6.4',
  },
];

/** A sentence as the suite makes them: the findings one after the other, paths included. */
const REASON = FINDINGS.map(({ rule, where, remedy }) => `${rule} (${where}) : ${remedy}`).join(' ');

/** @param dataDir a temporary folder when left out */
export async function fillTracker(
  dataDir = mkdtempSync(join(tmpdir(), 'jalon-suivi-api-')),
  url?: string,
): Promise<FilledTracker> {
  const rem = loadCatalogue('SGL', 'va1');
  const tracker = await openTracker({ dataDir, ...(url === undefined ? {} : { url }) });
  const first = await record(tracker, rem, dataDir, '20260110-090000-aa01', '2026-01-10T09:00:00.000Z', (scenario) => [
    scenario('ins/recherche-par-traits', 1, ['INS/va1.60.01.03'], 'conforme', [request]),
  ]);
  const runDir = await record(tracker, rem, dataDir, '20260112-143000-bb02', '2026-01-12T14:30:00.000Z', (scenario) => [
    scenario('ins/recherche-par-traits', 1, ['INS/va1.60.01.03'], 'conforme', [request, page]),
    scenario('ins/statuts', 1, ['INS/va1.01.01.01'], 'a-verifier', [request]),
    scenario('mss/envoi', 1, ['MSS/va1.16.01.01'], 'non-conforme', [request], { findings: FINDINGS }),
    scenario('dmp/alimentation', 1, ['DMP/va1.01.01.01'], 'non-verifiable', [], {
      reason: 'Le produit ne sait pas faire le geste « validateReport ».',
      cause: 'produit',
    }),
    scenario('ann/annuaire', 1, ['ANN/va1.01.01.01'], 'non-verifiable', [], {
      reason: 'Le certificat du produit a expiré depuis trois jours.',
      cause: 'configuration',
    }),
  ]);
  if (first === runDir) throw new Error('deux exécutions, deux dossiers');
  return { tracker, dataDir, rem, runDir };
}

type MakeScenario = (
  feature: string,
  rank: number,
  slots: readonly string[],
  verdict: Verdict,
  captures: readonly Capture[],
  extra?: Partial<ScenarioResult>,
) => Promise<ScenarioResult>;

async function record(
  tracker: Tracker,
  rem: Rem,
  dataDir: string,
  id: string,
  startedAt: string,
  play: (scenario: MakeScenario) => readonly Promise<ScenarioResult>[],
): Promise<string> {
  const runDir = join(dataDir, 'runs', id);
  await mkdir(runDir, { recursive: true });
  const remFacts = { category: rem.category, wave: rem.wave, source: rem.source, sha256: rem.sha256 };
  const collector = createCollector({
    runDir,
    originals: folderVault(join(dataDir, 'originaux')),
    known: { ins: new Set(), names: new Set(), domains: [] },
    facts: { product: PRODUCT, driver: 'reference', rem: remFacts, run: id, benchVersion: '0.1.0' },
    now: () => new Date(Date.parse(startedAt) + 5_000),
  });
  const scenarios = await Promise.all(
    play(async (feature, rank, slots, verdict, captures, extra = {}) => {
      const name = `${feature}#${rank}`;
      const places = slots.map((slot) => {
        const place = findSlot(rem, slot);
        if (!place) throw new Error(`preuve inconnue du catalogue : ${slot}`);
        return { slot: place.slot, requirement: place.requirement.id };
      });
      const filing =
        captures.length === 0
          ? { pieces: [] as readonly Piece[] }
          : await collector.file(captures, places, name, verdict);
      return result(name, places, verdict, filing.pieces, extra);
    }),
  );
  const run: RunRecord = {
    id,
    category: rem.category,
    wave: rem.wave,
    profiles: ['general', 'referentiel-identites'],
    rem: { source: rem.source, sha256: rem.sha256 },
    product: PRODUCT,
    driver: 'reference',
    faults: [],
    benchVersion: '0.1.0',
    startedAt,
    endedAt: new Date(Date.parse(startedAt) + 41_250).toISOString(),
    lifecycle: 'finished',
    verdict: runVerdict(scenarios),
    durationMs: 41_250,
    scenarios,
    unexpected: [
      { service: 'insi', operation: 'RechercherIns', outcome: 'refusée : action SOAP absente', at: startedAt },
    ],
  };
  await tracker.recordRun({ run, rem, runDir });
  return runDir;
}

function result(
  id: string,
  places: readonly { readonly slot: { readonly id: string }; readonly requirement: string }[],
  verdict: Verdict,
  pieces: readonly Piece[],
  extra: Partial<ScenarioResult>,
): ScenarioResult {
  const failed = verdict === 'non-conforme';
  return {
    id,
    feature: `Fonctionnalité ${id.split('#')[0]}`,
    name: `le produit répond comme l’exigence ${places[0]?.requirement ?? ''} le demande`,
    requirements: [...new Set(places.map(({ requirement }) => requirement))],
    slots: places.map(({ slot }) => slot.id),
    verdict,
    reason: failed ? REASON : verdict === 'conforme' ? '' : 'Une personne doit regarder.',
    durationMs: 812,
    findings: [],
    otherFindings: [],
    steps: [
      { text: 'Étant donné un patient que INSi connaît', status: 'passed' },
      { text: 'Quand le produit recherche son identité', status: 'passed' },
      failed
        ? { text: 'Alors le courriel porte un libellé', status: 'failed', message: 'aucun libellé dans From' }
        : { text: 'Alors INSi a reçu une recherche conforme', status: 'passed' },
    ],
    pieces,
    ...extra,
  };
}
