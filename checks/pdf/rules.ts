import { differencesOf, readPdfName } from './file-name.ts';
import { LIMIT } from './limit.ts';
import type { PdfRule } from './types.ts';

const REQUIREMENTS: readonly string[] = ['DOC/va1.01'];
const ISO = (section: string): string => `ISO 19005-1 (PDF/A-1), ${section}`;
const ECO = 'MSSanté #2 clients, ECO.2.1.5 et ECO.2.1.6';

const ACTIVE_LABEL = {
  javascript: 'JavaScript',
  launch: 'lancement de programme',
  'embedded-file': 'fichier joint',
  multimedia: 'multimédia',
  'form-action': 'action de formulaire',
  'additional-action': 'action automatique',
} as const;

/** `page 3`, `pages 1, 2, 4`; more than ten are counted. */
function pagesInWords(pages: readonly number[]): string {
  if (pages.length === 1) return `page ${pages[0]}`;
  const told = pages.slice(0, 10).join(', ');
  return pages.length > 10 ? `pages ${told} et ${pages.length - 10} autre(s)` : `pages ${told}`;
}

export const PDF_RULES: readonly PdfRule[] = [
  {
    id: 'PDF-A1-CLAIM',
    layer: 'business',
    severity: 'error',
    requirements: REQUIREMENTS,
    source: ISO('6.7.11'),
    title: 'Le PDF se déclare PDF/A-1 dans ses métadonnées XMP.',
    expected: 'pdfaid:part = 1 et pdfaid:conformance = A ou B',
    remedy: 'Produisez le fichier avec un profil PDF/A-1 (a ou b) et son paquet XMP.',
    judge: ({ pdf }) => {
      if (pdf.pdfaPart === '1' && /^[AB]$/i.test(pdf.pdfaConformance ?? '')) return [];
      const state =
        pdf.metadata === 'unreadable'
          ? 'métadonnées illisibles'
          : `part ${pdf.pdfaPart ?? 'absent'}, conformance ${pdf.pdfaConformance ?? 'absent'}`;
      return [{ where: 'catalogue, /Metadata', received: pdf.metadata === 'absent' ? 'aucune métadonnée XMP' : state }];
    },
  },
  {
    id: 'PDF-METADATA-COMPRESSED',
    layer: 'business',
    severity: 'error',
    requirements: REQUIREMENTS,
    source: ISO('6.7.2'),
    title: 'Les métadonnées XMP sont en clair dans le fichier.',
    expected: 'un flux /Metadata sans /Filter',
    remedy: 'N’appliquez aucune compression au flux de métadonnées.',
    judge: ({ pdf }) =>
      pdf.metadata === 'compressed' ? [{ where: 'catalogue, /Metadata', received: 'flux compressé' }] : [],
  },
  {
    id: 'PDF-ENCRYPTED',
    layer: 'business',
    severity: 'error',
    requirements: REQUIREMENTS,
    source: ISO('6.1.3'),
    title: 'Le PDF n’est pas chiffré.',
    expected: 'aucune entrée /Encrypt',
    remedy: 'Retirez le mot de passe et les restrictions d’usage.',
    judge: ({ pdf }) => (pdf.encrypted ? [{ where: 'trailer, /Encrypt', received: 'fichier chiffré' }] : []),
  },
  {
    id: 'PDF-ACTIVE-CONTENT',
    layer: 'business',
    severity: 'error',
    requirements: REQUIREMENTS,
    source: ISO('6.1.11, 6.5.3, 6.6'),
    title: 'Le PDF ne contient ni action, ni fichier joint.',
    expected: 'aucun contenu actif',
    remedy: 'Produisez un document figé, sans script, action, formulaire ni pièce jointe.',
    judge: ({ pdf }) =>
      pdf.activeContent.map((one) => ({ where: `objet ${one.object}`, received: ACTIVE_LABEL[one.kind] })),
  },
  {
    id: 'PDF-FONTS-EMBEDDED',
    layer: 'business',
    severity: 'error',
    requirements: REQUIREMENTS,
    source: ISO('6.3.4'),
    title: 'Le fichier porte toutes les polices dans lesquelles il écrit.',
    expected: 'un programme de police (FontFile, FontFile2 ou FontFile3) pour chaque police employée, même standard',
    remedy: 'Faites incorporer les polices par votre générateur, y compris Helvetica, Times et Courier.',
    judge: ({ pdf }) =>
      (pdf.fonts?.fonts ?? [])
        .filter(({ embedded }) => !embedded)
        .map(({ name, where, pages }) => ({
          where: `${pagesInWords(pages)}, ${where}`,
          received: `${name}, non incorporée`,
        })),
  },
  {
    ...LIMIT,
    judge: ({ pdf: { fonts } }) => [
      ...(fonts?.unreadPages ?? []).slice(0, 20).map((page) => ({
        where: `page ${page}`,
        received:
          'le banc n’a pas lu tout le contenu de la page (filtre qu’il ne connaît pas, flux abîmé ou trop grand) : polices non jugées',
      })),
      ...(fonts?.wholeTree === false
        ? [
            {
              where: 'arbre des pages',
              received: 'le banc n’a pas pu suivre l’arbre des pages jusqu’au bout : polices non jugées',
            },
          ]
        : []),
    ],
  },
  {
    id: 'PDF-PACKED-OBJECTS',
    layer: 'business',
    severity: 'error',
    requirements: REQUIREMENTS,
    source: ISO('6.1.4, 6.1.7 : structures absentes de PDF 1.4'),
    title: 'Le PDF n’utilise pas les flux d’objets de PDF 1.5.',
    expected: 'une table de références et des objets en clair',
    remedy: 'Désactivez les « object streams » de votre générateur.',
    judge: ({ pdf }) => (pdf.packedObjects ? [{ where: 'structure du fichier', received: 'flux d’objets' }] : []),
  },
  {
    id: 'PDF-HEADER',
    layer: 'business',
    severity: 'error',
    requirements: REQUIREMENTS,
    source: ISO('6.1.2'),
    title: 'Le fichier commence par l’en-tête PDF.',
    expected: '%PDF- au premier octet',
    remedy: 'Retirez ce qui précède l’en-tête.',
    judge: ({ pdf }) =>
      pdf.headerOffset > 0 ? [{ where: 'octet 0', received: `en-tête à l’octet ${pdf.headerOffset}` }] : [],
  },
  {
    id: 'PDF-VERSION',
    layer: 'business',
    severity: 'warning',
    requirements: REQUIREMENTS,
    source: ISO('5.2 : fondé sur PDF 1.4'),
    title: 'L’en-tête annonce une version connue de PDF/A-1.',
    expected: 'au plus 1.4',
    remedy: 'Fixez la version du fichier à 1.4.',
    judge: ({ pdf }) => (Number(pdf.version) > 1.4 ? [{ where: 'octet 0', received: `PDF ${pdf.version}` }] : []),
  },
  {
    id: 'PDF-END',
    layer: 'wellformed',
    severity: 'error',
    requirements: REQUIREMENTS,
    source: ISO('6.1.3 : marque de fin'),
    title: 'Le fichier est entier.',
    expected: '%%EOF à la fin',
    remedy: 'Vérifiez que le fichier n’est pas tronqué à l’écriture ou à l’encodage.',
    judge: ({ pdf }) => (pdf.endMark ? [] : [{ where: 'fin du fichier', received: 'marque %%EOF absente' }]),
  },
  {
    id: 'PDF-FILE-NAME',
    layer: 'business',
    severity: 'error',
    requirements: REQUIREMENTS,
    source: ECO,
    title: 'Le nom du PDF dit la date de l’acte, le type de document et le patient.',
    expected: '<AAAAMMJJ>_<type de document>_<NOM>_<prénom>[_<numéro>].pdf',
    remedy: 'Construisez le nom avec la date de l’acte, le libellé du document, le nom et le prénom de naissance.',
    judge: ({ options: { fileName, expected } }) => {
      if (fileName === undefined) return [];
      const name = readPdfName(fileName);
      if (!name) return [{ where: 'nom du fichier', received: fileName }];
      const differences = differencesOf(name, expected ?? {});
      return differences.length === 0 ? [] : [{ where: 'nom du fichier', received: differences.join(' ; ') }];
    },
  },
];
