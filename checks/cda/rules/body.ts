import { HL7_V3, PDF_COPY_SECTION } from '#formats/cda/index.ts';
import type { CdaDocument, CdaMedia } from '#formats/cda/index.ts';
import { hasRightCheckDigit, isLoincCode } from '#formats/loinc/index.ts';
import { readPdf, startsLikePdf } from '#formats/pdf/index.ts';
import { at, attribute, descendants } from '#formats/xml/index.ts';
import { ABSENT, everyElement, shown, unless } from '../breach.ts';
import type { CdaRule } from '../types.ts';
import { BIO, BIOLOGY_REPORT, BOTH, N1, N3, OID, STRUCT, TEMPLATE } from '../vocabulary.ts';

/** HTML elements that a browser would run. */
const ACTIVE = new Set(['script', 'iframe', 'object', 'embed', 'applet', 'form']);
const EXTERNAL = /^\s*(?:[a-z][a-z0-9+.-]*:|\/\/|\\\\)/i;

export const BODY_RULES: readonly CdaRule[] = [
  {
    id: 'CDA-N1-BODY',
    layer: 'business',
    severity: 'error',
    requirements: [N1],
    source: STRUCT('corps non structuré (nonXMLBody)'),
    title: 'Le corps d’un document de niveau 1 est un PDF en base64.',
    expected: 'nonXMLBody/text mediaType="application/pdf" representation="B64"',
    remedy: 'Encapsulez le PDF du compte rendu, en base64, dans nonXMLBody/text.',
    judge: ({ document }) => {
      if (document.level !== 'N1') return [];
      const { body } = document;
      return unless(body?.mediaType === 'application/pdf' && body.representation === 'B64' && !body.external, {
        where: body?.path ?? `${document.root.path}/component[1]/nonXMLBody[1]/text[1]`,
        received: shown(body?.mediaType, body?.representation, body?.external ? 'référence externe' : undefined),
      });
    },
  },
  {
    id: 'CDA-BIO-PDF-COPY',
    layer: 'business',
    severity: 'error',
    requirements: [N3],
    source: BIO('section FR-Document-PDF-copie'),
    title: 'Le compte rendu de biologie de niveau 3 contient sa copie en PDF.',
    expected: `section ${PDF_COPY_SECTION} (${TEMPLATE.pdfCopy}) avec observationMedia application/pdf B64`,
    remedy: 'Ajoutez la section « Copie du document » et le PDF en base64.',
    judge: ({ document }) => {
      if (document.level !== 'N3' || document.code.code !== BIOLOGY_REPORT) return [];
      const section = document.sections.find((one) => one.code?.code === PDF_COPY_SECTION);
      const declared = section?.templateIds.some((one) => one.root === TEMPLATE.pdfCopy) ?? false;
      const media = document.pdfCopy;
      const right =
        declared && media?.mediaType === 'application/pdf' && media.representation === 'B64' && !media.external;
      return unless(right, {
        where: media?.path ?? section?.path ?? `${document.root.path}/component[1]/structuredBody[1]`,
        received: shown(section ? 'section présente' : 'section absente', media?.mediaType, media?.representation),
        // Before model 2024.01 the copy was not asked for.
        ...(isCurrentModel(document) ? {} : { severity: 'warning' as const }),
      });
    },
  },
  {
    id: 'CDA-PDF-BYTES',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: STRUCT('contenu encapsulé'),
    title: 'Le PDF encapsulé est un base64 entier qui donne un PDF.',
    expected: 'un base64 valide dont les octets commencent par %PDF-',
    remedy: 'Encodez le fichier PDF entier, sans autre transformation.',
    judge: ({ document }) =>
      pdfMedia(document).flatMap((media) =>
        unless(media.bytes !== undefined && startsLikePdf(media.bytes), {
          where: media.path,
          received: media.bytes === undefined ? 'base64 invalide ou vide' : firstBytes(media.bytes),
        }),
      ),
  },
  {
    id: 'CDA-PDF-A1',
    layer: 'business',
    severity: 'error',
    requirements: [...BOTH, 'DOC/va1.01'],
    source: 'Exigences de production de documents : PDF/A-1',
    title: 'Le PDF encapsulé se déclare PDF/A-1.',
    expected: 'XMP pdfaid:part = 1, sans chiffrement ni contenu actif',
    remedy: 'Produisez le PDF avec un profil PDF/A-1.',
    judge: ({ document }) =>
      pdfMedia(document).flatMap((media) => {
        if (!media.bytes || !startsLikePdf(media.bytes)) return [];
        const pdf = readPdf(media.bytes);
        if (!pdf.ok) return [{ where: media.path, received: pdf.fault.message }];
        const defects = [
          pdf.pdfaPart === '1' ? undefined : `pdfaid:part ${pdf.pdfaPart ?? ABSENT}`,
          pdf.encrypted ? 'chiffré' : undefined,
          ...pdf.activeContent.map((one) => `${one.kind} (objet ${one.object})`),
        ].filter((one) => one !== undefined);
        return unless(defects.length === 0, { where: media.path, received: defects.join(', ') });
      }),
  },
  {
    id: 'CDA-BIO-CHAPTER',
    layer: 'business',
    severity: 'error',
    requirements: [N3],
    source: BIO('section FR-CR-BIO-Chapitre'),
    title: 'Le compte rendu de biologie a au moins un chapitre, et des résultats codés.',
    expected: `une section ${TEMPLATE.bioChapter} + ${TEMPLATE.bioChapterFr} et au moins une observation`,
    remedy: 'Structurez les résultats par chapitre (LOINC 18719-5 pour la biochimie…).',
    judge: ({ document }) => {
      if (document.level !== 'N3' || document.code.code !== BIOLOGY_REPORT) return [];
      const chapter = document.sections.find((one) => {
        const roots = new Set(one.templateIds.map((id) => id.root));
        return one.depth === 1 && roots.has(TEMPLATE.bioChapter) && roots.has(TEMPLATE.bioChapterFr);
      });
      return unless(chapter?.code?.code !== undefined && resultsOf(document) > 0, {
        where: chapter?.path ?? `${document.root.path}/component[1]/structuredBody[1]`,
        received: shown(
          chapter ? `chapitre ${chapter.code?.code ?? 'sans code'}` : 'aucun chapitre',
          `${resultsOf(document)} résultat(s)`,
        ),
      });
    },
  },
  {
    id: 'CDA-ACTIVE-CONTENT',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: 'Assertion C11 : pas de contenu actif',
    title: 'Le document ne contient ni script ni cadre actif.',
    expected: 'aucun script, iframe, object, embed, applet ni adresse javascript:',
    remedy: 'Retirez le contenu actif : les consommateurs refusent le document.',
    judge: ({ document }) =>
      everyElement(document.root).flatMap((e) => {
        if (ACTIVE.has(e.name.local.toLowerCase())) return [{ where: e.path, received: `<${e.name.local}>` }];
        const address = e.attributes.find((one) => /^\s*(?:javascript|vbscript):/i.test(one.value));
        return address ? [{ where: `${e.path}/@${address.name.local}`, received: address.value }] : [];
      }),
  },
  {
    id: 'CDA-EXTERNAL-REFERENCE',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: 'Assertion C11 : pas de référence externe',
    title: 'Le document se suffit : rien de son contenu n’est ailleurs.',
    expected: 'des références internes (#identifiant)',
    remedy: 'Intégrez le contenu au document au lieu de pointer vers une adresse.',
    judge: ({ document }) =>
      everyElement(document.root).flatMap((e) => {
        const isReference = e.name.local === 'reference' && e.name.namespace === HL7_V3;
        const isLink = e.name.local === 'linkHtml' || e.name.local === 'img';
        if (!isReference && !isLink) return [];
        const target = attribute(e, 'value', '') ?? attribute(e, 'href', '') ?? attribute(e, 'src', '');
        return target !== undefined && EXTERNAL.test(target) && !/^\s*(?:javascript|vbscript):/i.test(target)
          ? [{ where: e.path, received: target }]
          : [];
      }),
  },
  {
    id: 'CDA-STYLESHEET',
    layer: 'business',
    severity: 'error',
    requirements: ['DOC/va1.25'],
    source: 'Documents auto-présentables ; le DMP refuse les feuilles de style externes',
    title: 'Le document de niveau 3 s’affiche seul dans un navigateur.',
    expected: 'une feuille de style embarquée',
    remedy: 'Embarquez la feuille de style du laboratoire dans le document.',
    judge: ({ document, options }) => {
      const embedded = document.selfPresenting || (document.styleSheet?.startsWith('#') ?? false);
      if (embedded || document.level !== 'N3') return [];
      const where = 'prologue XML (xml-stylesheet)';
      if (options.selfPresenting) return [{ where, received: document.styleSheet ?? ABSENT }];
      // Published examples point at a style sheet of their own folder: said, not refused.
      return document.styleSheet === undefined
        ? []
        : [{ where, received: document.styleSheet, severity: 'warning' as const }];
    },
  },
  {
    id: 'CDA-DANGLING-REFERENCE',
    layer: 'business',
    severity: 'warning',
    requirements: [N3],
    source: 'HL7 CDA R2, 4.3.5 : référence vers le texte narratif',
    title: 'Chaque référence interne désigne un élément du document.',
    expected: 'un ID présent dans le document',
    remedy: 'Ajoutez l’ID manquant dans le texte de la section, ou corrigez la référence.',
    judge: ({ document }) => {
      const all = everyElement(document.root);
      const ids = new Set(all.flatMap((e) => attribute(e, 'ID', '') ?? []));
      return all.flatMap((e) =>
        targetsOf(e.name.local, attribute(e, 'value', ''), attribute(e, 'referencedObject', ''))
          .filter((target) => !ids.has(target))
          .map((target) => ({ where: e.path, received: `#${target}` })),
      );
    },
  },
  {
    id: 'CDA-LOINC-CHECK-DIGIT',
    layer: 'business',
    severity: 'error',
    requirements: BOTH,
    source: 'LOINC, chiffre de contrôle (mod 10)',
    title: 'Chaque code LOINC a un chiffre de contrôle juste.',
    expected: 'un code LOINC nnnnn-c dont c est juste',
    remedy: 'Corrigez la table de transcodage : ce code n’existe pas en LOINC.',
    judge: ({ document }) =>
      everyElement(document.root).flatMap((e) => {
        const code = attribute(e, 'code', '');
        if (code === undefined || attribute(e, 'codeSystem', '') !== OID.loinc) return [];
        return unless(isLoincCode(code) ? hasRightCheckDigit(code) : isLoincPart(code), {
          where: e.path,
          received: code,
        });
      }),
  },
];

/** LOINC parts (LP…) and answers (LA…) are codes of LOINC too. */
function isLoincPart(code: string): boolean {
  return /^L[AP]\d{1,7}-\d$/.test(code);
}

function isCurrentModel(document: CdaDocument): boolean {
  const version = document.templateIds.find((one) => one.root === TEMPLATE.crBio)?.extension;
  return version !== undefined && version >= '2023.01';
}

function pdfMedia(document: CdaDocument): readonly CdaMedia[] {
  return [document.body, document.pdfCopy].filter(
    (media): media is CdaMedia => media?.mediaType === 'application/pdf' && media.representation === 'B64',
  );
}

/** Observations that are results: those of the PDF copy only name it. */
function resultsOf(document: CdaDocument): number {
  const body = at(document.root, 'component', 'structuredBody');
  return body
    ? descendants(body, 'observation', HL7_V3).filter((one) => {
        const code = at(one, 'code');
        return !code || attribute(code, 'code', '') !== '69764-9';
      }).length
    : 0;
}

function targetsOf(local: string, value: string | undefined, referenced: string | undefined): readonly string[] {
  if (local === 'reference' && value?.startsWith('#')) return [value.slice(1)];
  if (local === 'renderMultiMedia' && referenced !== undefined)
    return referenced.split(/\s+/).filter((one) => one !== '');
  return [];
}

function firstBytes(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  return `octets « ${head.replace(/[^\x20-\x7e]/g, '.')} »`;
}
