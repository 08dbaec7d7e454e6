import { descendants, type XmlElement } from '#formats/xml/index.ts';
import type { CdaDocument } from '#formats/cda/index.ts';
import { HL7_V3 } from '#formats/cda/index.ts';
import type { JudgedRule } from '../../rule/index.ts';
import { holds, holdsDay } from './words.ts';

/** What a browser made of a document that shows itself, scripts left out. */
export interface DisplayedCda {
  readonly document: CdaDocument;
  /** Text of the page as a reader sees it. */
  readonly text: string;
  /** Addresses that the page asked for beside itself. */
  readonly asked: readonly string[];
}

export type DisplayRule = JudgedRule<DisplayedCda>;

const SELF_PRESENTING: readonly string[] = ['DOC/va1.25'];
/** Enough to find the part of the style sheet that forgets them. */
const MOST = 8;

export const DISPLAY_RULES: readonly DisplayRule[] = [
  {
    id: 'CDA-DISPLAY-READABLE',
    layer: 'business',
    severity: 'error',
    requirements: SELF_PRESENTING,
    source: 'REM SGL, SC.DOC/va1.25 ; protocols.md D13 : sans script',
    title: 'Un navigateur affiche le document, sans script.',
    expected: 'une page lisible, faite par la feuille de style que le document embarque',
    remedy:
      'Portez le document par sa feuille de style (xsl:stylesheet à la racine, instruction xml-stylesheet vers le document lui-même) et faites afficher le texte par elle seule.',
    judge: ({ text }) =>
      isShown(text) ? [] : [{ where: 'page affichée', received: text.trim() === '' ? 'une page vide' : 'le XML brut' }],
  },
  {
    id: 'CDA-DISPLAY-PATIENT',
    layer: 'business',
    severity: 'error',
    requirements: SELF_PRESENTING,
    source: 'REM SGL, SC.DOC/va1.25 : ensemble des données structurées',
    title: 'La page montre le patient : nom, prénom, date de naissance, matricule INS.',
    expected: 'les traits du patient tels que le CDA les porte',
    remedy: 'Faites afficher recordTarget par la feuille de style.',
    judge: ({ document: { patient }, text }) => {
      if (!isShown(text)) return [];
      const { birthName, usedName, firstFirstName, usedFirstName, birthDate, ins } = patient;
      const traits: readonly (readonly [what: string, shown: boolean])[] = [
        ['nom', anyShown(text, birthName, usedName)],
        ['prénom', anyShown(text, firstFirstName, usedFirstName)],
        ['date de naissance', birthDate === undefined || holdsDay(text, birthDate)],
        ['matricule INS', anyShown(text, ins?.extension)],
      ];
      return traits
        .filter(([, shown]) => !shown)
        .map(([what]) => ({ where: `page affichée, ${what}`, received: 'absent de la page' }));
    },
  },
  {
    id: 'CDA-DISPLAY-CONTENT',
    layer: 'business',
    severity: 'error',
    requirements: SELF_PRESENTING,
    source: 'REM SGL, SC.DOC/va1.25 : ensemble des données structurées',
    title: 'La page montre le texte de chaque section et la valeur de chaque résultat.',
    expected: 'tout le texte des sections, et les valeurs des résultats structurés',
    remedy: 'Faites afficher par la feuille de style la partie narrative de chaque section, sous-sections comprises.',
    judge: ({ document: { root }, text }) => {
      if (!isShown(text)) return [];
      const narrative = descendants(root, 'section', HL7_V3).flatMap((section) => narrativeOf(section));
      const values = descendants(root, 'observation', HL7_V3).flatMap((one) => valuesOf(one));
      const missing = [...narrative, ...values].filter(({ says }) => !holds(text, says));
      const seen = new Set<string>();
      return missing
        .filter(({ says }) => !seen.has(says) && seen.add(says))
        .slice(0, MOST)
        .map(({ where, says }) => ({ where, received: `« ${says} » n’est pas sur la page` }));
    },
  },
  {
    id: 'CDA-DISPLAY-ALONE',
    layer: 'business',
    severity: 'error',
    requirements: SELF_PRESENTING,
    source: 'REM SGL, SC.DOC/va1.25 : auto-présentable',
    title: 'Le document s’affiche sans rien demander ailleurs.',
    expected: 'aucune adresse demandée par la page',
    remedy: 'Mettez l’image, la police ou la feuille dans le document (data:) au lieu d’en donner l’adresse.',
    judge: ({ asked }) => asked.slice(0, MOST).map((url) => ({ where: 'page affichée', received: url })),
  },
];

/** A browser without the style sheet shows the source itself. */
function isShown(text: string): boolean {
  return text.trim() !== '' && !text.includes('<ClinicalDocument');
}

function anyShown(text: string, ...said: readonly (string | undefined)[]): boolean {
  const known = said.filter((one) => one !== undefined && one.trim() !== '');
  return known.length === 0 || known.some((one) => holds(text, one ?? ''));
}

interface Said {
  readonly where: string;
  readonly says: string;
}

/** Pieces of the narrative text of a section itself, its sub-sections left out. */
function narrativeOf(section: XmlElement): readonly Said[] {
  return section.children.flatMap((node) =>
    node.kind === 'element' && node.name.local === 'text' ? piecesOf(node) : [],
  );
}

function piecesOf(e: XmlElement): readonly Said[] {
  return e.children.flatMap((node): readonly Said[] => {
    if (node.kind === 'element') return piecesOf(node);
    const says = node.value.trim().replaceAll(/\s+/gu, ' ');
    return says === '' ? [] : [{ where: e.path, says }];
  });
}

/** Numbers of a result, as French writes them; a product may write them with a point. */
function valuesOf(observation: XmlElement): readonly Said[] {
  return observation.children.flatMap((node) => {
    if (node.kind !== 'element' || node.name.local !== 'value') return [];
    const number = node.attributes.find(({ name }) => name.local === 'value' && name.namespace === '')?.value ?? '';
    return /^-?\d+(?:\.\d+)?$/u.test(number) ? [{ where: node.path, says: number.replace('.', ',') }] : [];
  });
}
