import { checkCdaFile, packFindings } from '#checks/cda/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { readCda } from '#formats/cda/index.ts';
import type { Pack, PackAnswer, PackReport } from '#formats/cda-pack/index.ts';
import { gather, notJudged } from './findings.ts';
import type { Outcome } from './types.ts';

const ORDER = ['wellformed', 'xsd', 'schematron', 'business', 'wire'] as const;
const NAMES = {
  entete: 'en-tête',
  ihe: 'IHE',
  modeles: 'modèles de contenus',
  ans: 'modèles ANS',
  terminologies: 'terminologies',
  volet: 'volet',
} as const;

/**
 * Judges a CDA document layer by layer: well-formed, XSD, schematrons, business. Every layer speaks, whatever the one before
 * it said.
 *
 * @param pack official pack; without it, the business layer alone judges, and the outcome says so
 */
export async function judgeCda(bytes: Uint8Array, pack: Pack | undefined): Promise<Outcome> {
  const business = checkCdaFile(bytes);
  const readable = !business.some(({ rule }) => rule === 'CDA-WELLFORMED');
  if (pack === undefined) {
    if (!readable) return outcomeOf(business, readable, false);
    const scope = notJudged(
      'document',
      'règles métier seules : sans pack, ni le schéma XSD ni les schematrons n’ont été joués',
      'le pack CI-SIS de l’ANS (TestContenuCDA)',
      'Donnez son dossier par --pack pour que les quatre couches soient jugées.',
    );
    return outcomeOf([...business, scope], readable, false);
  }
  const answer = await pack.judge(bytes);
  const reading = readCda(bytes);
  const level = reading.ok ? reading.document.level : undefined;
  const official = packFindings(answer, level);
  const isToVerify = answer.ok && (answer.report.volet.kind === 'unknown' || answer.report.volet.kind === 'no-version');
  return outcomeOf([...business, ...official, ...scopeOf(answer)], readable, isToVerify);
}

function outcomeOf(findings: readonly Finding[], readable: boolean, toVerify: boolean): Outcome {
  const gathered = gather();
  for (const layer of ORDER) gathered.add(findings.filter((finding) => finding.layer === layer));
  return { findings: gathered.findings, readable, ...(toVerify ? { toVerify } : {}) };
}

/** Which pack judged, and what is wrong in it: the user must be able to say so. */
function scopeOf(answer: PackAnswer): readonly Finding[] {
  if (!answer.ok) return [];
  const { report } = answer;
  const { identity, problems } = report;
  const judged = notJudged(
    'document',
    `pack CI-SIS sha256:${identity.sha256} (${identity.files} fichiers) ; couches jouées : ${playedIn(report)}`,
    'un pack officiel, dont l’empreinte dit l’état',
    'Rien à corriger : gardez cette empreinte avec vos résultats.',
  );
  return [
    judged,
    ...problems.map(({ file, message }) =>
      notJudged(
        file,
        `défaut du pack : ${message}`,
        'un pack entier et cohérent',
        'Rien à corriger dans le produit : le pack a été lu malgré ce défaut.',
      ),
    ),
  ].map((finding) => ({ ...finding, layer: 'schematron' as const }));
}

function playedIn({ unplayed, layers, volet }: PackReport): string {
  const played = [
    ...(unplayed.some(({ layer }) => layer === 'xsd') ? [] : ['XSD']),
    ...layers.map(({ layer }) =>
      layer === 'volet' && volet.kind === 'found' ? `volet ${volet.model} ${volet.version}` : NAMES[layer],
    ),
  ];
  const none = volet.kind === 'unstructured' ? ' (document non structuré : le pack n’a pas de volet pour lui)' : '';
  return `${played.join(', ')}${none}`;
}
