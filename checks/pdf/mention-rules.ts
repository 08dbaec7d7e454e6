import type { Breach } from '../rule/index.ts';
import type { PagesRule, PagesSubject } from './page-rules.ts';
import { folded, placesOf, type ExpectedMention, type MentionId, type PatternValues } from './mentions.ts';

const REM = 'REM SGL vague 1';

export const MENTION_RULES: readonly PagesRule[] = [
  {
    id: 'PDF-MENTION-IDENTITY',
    layer: 'business',
    severity: 'error',
    requirements: ['INS/va1.15'],
    source: 'Guide d’implémentation de l’INS, règle 31 ; INS/va1.15',
    title: 'Les traits et le matricule de l’identité qualifiée sont imprimés en clair, chacun sous son libellé.',
    expected: 'nom et premier prénom de naissance, date de naissance, sexe, matricule INS suivi de sa nature',
    remedy: 'Imprimez chaque trait obligatoire avec un libellé sans équivoque, et le matricule avec NIR ou NIA.',
    judge: (subject) => judgeMention(subject, 'ins'),
  },
  {
    id: 'PDF-MENTION-PRIVACY',
    layer: 'business',
    severity: 'error',
    requirements: ['DOC/va1.03', 'DOC/va1.05'],
    source: `${REM}, DOC/va1.03 et DOC/va1.05`,
    title: 'Le compte rendu porte l’information RGPD que l’utilisateur a réglée.',
    expected: 'le texte d’information du patient sur ses données personnelles, en bas du compte rendu',
    remedy: 'Imprimez le texte réglé dans le produit ; si le vôtre s’écrit autrement, donnez-le au banc (--mentions).',
    judge: (subject) => judgeMention(subject, 'rgpd'),
  },
  {
    id: 'PDF-MENTION-ACCREDITATION',
    layer: 'business',
    severity: 'error',
    requirements: ['DOC/va1.29'],
    source: `${REM}, DOC/va1.29 (Cofrac, GEN REF 11)`,
    title:
      'Le compte rendu dit quels examens sont couverts par l’accréditation, et n’en dit rien quand aucun ne l’est.',
    expected: 'avec un examen accrédité : activité, numéro, portée et sens du signe, sur une même page ; sinon rien',
    remedy: 'Faites dépendre les mentions du Cofrac des examens du compte rendu, et imprimez-les ensemble.',
    judge: (subject) => judgeMention(subject, 'cofrac'),
  },
  {
    id: 'PDF-MENTION-AUTOMATIC',
    layer: 'business',
    severity: 'error',
    requirements: ['DOC/va1.18'],
    source: `${REM}, DOC/va1.18`,
    title: 'Le compte rendu dit qu’un examen a été validé par un processus automatique, et ne le dit pas à tort.',
    expected: 'le texte réglé dans le produit quand un examen est validé sans revue ; sinon rien',
    remedy: 'Imprimez le texte réglé quand, et seulement quand, un examen n’a pas été revu par un biologiste.',
    judge: (subject) => judgeMention(subject, 'validation-automatique'),
  },
];

function judgeMention(subject: PagesSubject, id: MentionId): readonly Breach[] {
  const texts = subject.drawn.pages.map(({ text }) => folded(text));
  return subject.mentions
    .filter((mention) => mention.id === id)
    .flatMap((mention) => (textFault(subject) ? [] : breachesOf(mention, texts, valuesOf(subject))));
}

function breachesOf(mention: ExpectedMention, texts: readonly string[], values: PatternValues): readonly Breach[] {
  const places = placesOf(mention, texts, values);
  const where = 'texte des pages';
  if (mention.expected === 'absent') {
    return mention.parts.flatMap(({ label }, index) => {
      const [page] = places[index] ?? [];
      return page === undefined
        ? []
        : [{ where: `page ${page + 1}, texte`, received: `${label} : présent`, expected: 'rien' }];
    });
  }
  const missing = mention.parts.filter((_, index) => places[index]?.size === 0);
  if (missing.length > 0) return [{ where, received: `absent : ${missing.map(({ label }) => label).join(', ')}` }];
  const known = places.filter((pages) => pages !== undefined);
  const together = texts.some((_, page) => known.every((pages) => pages.has(page)));
  if (!mention.samePage || together) return [];
  return [{ where, received: `sur des pages différentes : ${mention.parts.map(({ label }) => label).join(', ')}` }];
}

function valuesOf({ identity }: PagesSubject): PatternValues {
  const [prenom] = identity?.firstNames ?? [];
  return {
    ...(identity?.birthName === undefined ? {} : { nom: identity.birthName }),
    ...(prenom === undefined ? {} : { prenom }),
    ...(identity?.birthDate === undefined ? {} : { date: identity.birthDate }),
    ...(identity?.ins === undefined ? {} : { matricule: identity.ins }),
  };
}

const USUAL_WORD = /\b(de|du|des|le|la|les|et|au|nom|date|sexe|page|par|pour)\b/i;

/** Why nothing may be said of the texts, French; undefined when they can be read. */
export function textFault({ drawn: { pages, pageCount } }: PagesSubject): string | undefined {
  const text = pages.map((page) => page.text).join('\n');
  if (pages.length < pageCount) return `seules les ${pages.length} premières pages sur ${pageCount} sont lues`;
  const partial = pages.find((page) => page.partial);
  if (partial) return `la page ${partial.number} ne se dessine pas en entier`;
  if (text.trim() === '') return 'les pages ne portent pas de texte (image d’une page numérisée ?)';
  const illegible = text.match(/[\p{Co}\p{Cn}\uFFFD]|(?!\s)\p{Cc}/gu)?.length ?? 0;
  if (illegible > text.length / 5) return 'le texte des pages ne se lit pas (polices sans table vers Unicode)';
  // A subset of a font without a way back to Unicode gives letters, and no word.
  if (!USUAL_WORD.test(text)) return 'aucun mot français ne se reconnaît dans le texte des pages';
  return undefined;
}
