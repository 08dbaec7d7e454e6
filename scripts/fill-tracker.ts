/**
 * Fills a tracker as a vendor's is after two years, through the same writes as a run that ends and a person who decides: audit
 * chain, digests and states are those of the product. Always the same.
 */
import { loadCatalogue } from '#dsr/catalogue/index.ts';
import type { Rem, Requirement } from '#dsr/rem/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import type { Piece } from '#evidence/index.ts';
import { openTracker, type TrackerPlace } from '#tracker/store/index.ts';
import type { RunRecord, ScenarioResult } from '#tracker/types.ts';

export interface TrackerSize {
  readonly campaigns: number;
  /** Of each campaign, as its slots and runs. */
  readonly requirements: number;
  readonly slots: number;
  readonly runs: number;
  /** In all. */
  readonly pieces: number;
}

/** That of the issue. */
export const SIZE: TrackerSize = { campaigns: 20, requirements: 300, slots: 1_000, runs: 10, pieces: 100_000 };

const VERDICTS = ['conforme', 'conforme', 'conforme', 'a-verifier', 'non-conforme'] as const;
const OWNERS = 7;
/** One requirement in so many has somebody in charge. */
const OWNED_ONE_IN = 5;
/** What a scenario of the suite holds, as runs of the reference product have it: the size of a run is that of its scenarios. */
const STEPS = [
  'Étant donné un patient de la population de test dont l’identité est qualifiée dans le produit',
  'Quand l’utilisateur transmet le compte rendu au destinataire',
  'Alors le banc reçoit une requête bien formée',
  'Et la requête respecte les règles de la section',
] as const;
const RULES = Array.from({ length: 20 }, (_, rank) => ({
  id: `BANC-REGLE-${rank + 1}`,
  title: 'L’identifiant du professionnel est celui que l’annuaire donne.',
}));
const FINDINGS = ['BANC-ABSENT', 'BANC-FORMAT'] as const;
/** One scenario in so many says something of a requirement that it does not exercise. */
const OTHER_ONE_IN = 25;
const DAY_MS = 24 * 3600_000;
const FIRST_DAY = Date.parse('2024-11-01T08:00:00.000Z');

/** @param place an empty tracker */
export async function fillTracker(place: TrackerPlace, size: TrackerSize = SIZE): Promise<void> {
  const rem = largeRem(size);
  const tracker = await openTracker(place);
  try {
    for (let campaign = 0; campaign < size.campaigns; campaign += 1) {
      for (let rank = 0; rank < size.runs; rank += 1) {
        const run = runOf(rem, size, campaign, rank);
        await tracker.recordRun({ run, rem, runDir: `${place.dataDir}/runs/${run.id}` });
      }
      const id = (await tracker.currentCampaign())?.id ?? '';
      const author = { by: 'banc', at: new Date(FIRST_DAY + campaign * size.runs * DAY_MS).toISOString() };
      for (const [rank, { id: requirement }] of rem.requirements.entries()) {
        if (rank % OWNED_ONE_IN !== 0) continue;
        const owner = `Personne ${(rank % OWNERS) + 1}`;
        await tracker.decide(
          {
            campaign: id,
            requirement,
            seen: 0,
            action: 'affectation',
            decide: () => ({ ok: true, value: { assignment: { owner } } }),
          },
          author,
        );
      }
    }
  } finally {
    await tracker.close();
  }
}

/** The same tracker in another store: in one transaction, which takes a quarter of the time of filling it again. @param to an empty tracker */
export async function copyTracker(from: TrackerPlace, to: TrackerPlace): Promise<void> {
  const source = await openTracker(from);
  try {
    const target = await openTracker(to);
    try {
      await target.restore(await source.dump());
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** The catalogue, repeated under other numbers until it is as large as the largest list; all of it for any product. */
function largeRem(size: TrackerSize): Rem {
  const catalogue = loadCatalogue('SGL', 'va1');
  const general = catalogue.requirements[0]?.profile ?? '';
  const requirements: Requirement[] = [];
  for (let round = 0; requirements.length < size.requirements; round += 1) {
    requirements.push(...catalogue.requirements.map((one) => renumbered(one, round)));
  }
  let left = size.slots;
  const cut = requirements.slice(0, size.requirements).map((one, rank) => {
    const share = Math.ceil(left / (size.requirements - rank));
    left -= share;
    const [scenario] = one.scenarios;
    const [proof] = scenario?.proofs ?? catalogue.requirements.flatMap((each) => each.scenarios)[0]?.proofs ?? [];
    if (proof === undefined) throw new TypeError('le catalogue n’a pas de preuve');
    const id = scenario?.id ?? `${one.id}.01`;
    const proofs = Array.from({ length: share }, (_, index) => ({
      ...proof,
      id: `${id}.${String(index + 1).padStart(2, '0')}`,
    }));
    return { ...one, profile: general, scenarios: [{ ...(scenario ?? { rawId: '', text: '' }), id, proofs }] };
  });
  return { ...catalogue, requirements: cut, sha256: 'b'.repeat(64) };
}

function renumbered(requirement: Requirement, round: number): Requirement {
  if (round === 0) return requirement;
  const id = `${requirement.id}R${round}`;
  return {
    ...requirement,
    id,
    scenarios: requirement.scenarios.map((scenario) => ({ ...scenario, id: scenario.id.replace(requirement.id, id) })),
  };
}

function runOf(rem: Rem, size: TrackerSize, campaign: number, rank: number): RunRecord {
  const startedAt = new Date(FIRST_DAY + (campaign * size.runs + rank) * DAY_MS).toISOString();
  const id = `${startedAt.slice(0, 10).replaceAll('-', '')}-080000-${String(campaign * size.runs + rank).padStart(4, '0')}`;
  const product = { name: 'Labo Exemple', version: `${campaign + 1}.0` };
  const perRun = size.pieces / size.campaigns / size.runs;
  const scenarios = rem.requirements.map((requirement, place): ScenarioResult => {
    const verdict = VERDICTS[(place + rank + campaign) % VERDICTS.length] ?? 'conforme';
    const slots = requirement.scenarios.flatMap(({ proofs }) => proofs.map((slot) => slot.id));
    const count =
      Math.floor(((place + 1) * perRun) / size.requirements) - Math.floor((place * perRun) / size.requirements);
    const pieces = Array.from({ length: count }, (_, index) =>
      pieceOf(
        id,
        startedAt,
        requirement.id,
        slots[(rank * count + index) % slots.length] ?? '',
        index,
        product,
        verdict,
      ),
    );
    return {
      id: `banc/exigence-${place}#1`,
      feature: `Fonctionnalité ${requirement.section}`,
      name: `le produit répond comme l’exigence ${requirement.id} le demande`,
      requirements: [requirement.id],
      slots,
      verdict,
      reason: verdict === 'non-conforme' ? 'Le produit n’a pas répondu comme attendu.' : '',
      durationMs: 120,
      findings: verdict === 'non-conforme' ? FINDINGS.map((rule) => findingOf(rule, requirement.id)) : [],
      otherFindings: place % OTHER_ONE_IN === 0 ? [findingOf('BANC-PASSAGE', rem.requirements[0]?.id ?? '')] : [],
      rulesHeld: RULES,
      steps: STEPS.map((text) => ({ text, status: 'passed' })),
      pieces,
    };
  });
  return {
    id,
    category: rem.category,
    wave: rem.wave,
    profiles: ['general', 'referentiel-identites'],
    rem: { source: rem.source, sha256: rem.sha256 },
    product,
    driver: 'reference',
    faults: [],
    benchVersion: '0.1.0',
    startedAt,
    endedAt: startedAt,
    lifecycle: 'finished',
    verdict: 'non-conforme',
    durationMs: 40_000,
    scenarios,
    unexpected: [],
  };
}

function findingOf(rule: string, requirement: string): Finding {
  return {
    rule,
    layer: 'business',
    severity: 'error',
    where: '/ClinicalDocument/recordTarget[1]/patientRole[1]/id[1]/@extension',
    received: '',
    expected: 'le matricule INS du patient',
    remedy: 'Écrivez dans l’en-tête le matricule que le téléservice a rendu.',
    requirements: [requirement],
    source: 'banc de mesure',
  };
}

function pieceOf(
  run: string,
  collectedAt: string,
  requirement: string,
  slot: string,
  index: number,
  product: RunRecord['product'],
  verdict: ScenarioResult['verdict'],
): Piece {
  const file = `${String(index + 1).padStart(2, '0')}-requete.xml`;
  return {
    slot,
    path: `preuves/${slot.replaceAll('/', '_')}/${file}`,
    provenance: {
      slot,
      requirement,
      scenario: 'banc#1',
      evidenceClass: 'bench',
      caption: 'La requête telle que reçue',
      product,
      driver: 'reference',
      rem: { category: 'SGL', wave: 'va1', source: 'catalogue embarqué', sha256: 'b'.repeat(64) },
      run,
      verdict,
      collectedAt,
      benchVersion: '0.1.0',
      file,
      mediaType: 'application/xml',
      size: 2_048,
      sha256: 'c'.repeat(64),
      originalSha256: 'c'.repeat(64),
      masked: false,
    },
  };
}
