import { HL7_V3 } from '#formats/cda/index.ts';
import { isLoincCode } from '#formats/loinc/index.ts';
import { attribute, children, descendants } from '#formats/xml/index.ts';
import type { XmlElement } from '#formats/xml/index.ts';
import { shown } from '../breach.ts';
import type { CdaRule } from '../types.ts';
import { BIO, BIOLOGY_REPORT, N3, OID, TEMPLATE } from '../vocabulary.ts';

/** Entries of the CI-SIS: each has a model under this root. */
const ENTRY_MODELS = '1.2.250.1.213.1.1.3.';

export const ENTRY_RULES: readonly CdaRule[] = [
  {
    id: 'CDA-BIO-SECTION-CODE',
    layer: 'business',
    severity: 'error',
    requirements: [N3],
    source: BIO('sections FR-CR-BIO-Chapitre et FR-CR-BIO-Sous-Chapitre'),
    title: 'Chaque section du compte rendu de biologie a un code LOINC.',
    expected: `code et codeSystem ${OID.loinc}`,
    remedy: 'Codez chaque section en LOINC : c’est par ce code que les résultats sont rangés.',
    judge: ({ document }) => {
      if (document.level !== 'N3' || document.code.code !== BIOLOGY_REPORT) return [];
      return document.sections
        .filter(({ code }) => !isLoincCode(code?.code ?? '') || code?.codeSystem !== OID.loinc)
        .map(({ path, code }) => ({ where: code?.path ?? path, received: shown(code?.code, code?.codeSystem) }));
    },
  },
  {
    id: 'CDA-BIO-ENTRY-TEMPLATES',
    layer: 'business',
    severity: 'error',
    requirements: [N3],
    source: BIO('entrées FR-Resultats-examens-de-biologie-medicale et FR-Resultat-examens-de-biologie'),
    title: 'Chaque entrée d’un chapitre, et chaque résultat, annonce son modèle du CI-SIS.',
    expected: `templateId ${TEMPLATE.bioEntry} sur entry, ${TEMPLATE.bioResult} sur observation`,
    remedy: 'Ajoutez ce templateId : sans lui, aucune règle du volet ne juge ce résultat.',
    judge: ({ document }) => {
      if (document.level !== 'N3' || document.code.code !== BIOLOGY_REPORT) return [];
      const chapters = descendants(document.root, 'section', HL7_V3).filter((section) =>
        modelsOf(section).some((root) => root === TEMPLATE.bioChapter || root === TEMPLATE.bioSubChapter),
      );
      return chapters
        .flatMap((section) => children(section, 'entry', HL7_V3))
        .flatMap((entry) => [
          ...(modelsOf(entry).includes(TEMPLATE.bioEntry) ? [] : [entry]),
          ...resultsIn(entry).filter((result) => !modelsOf(result).some((root) => root.startsWith(ENTRY_MODELS))),
        ])
        .map((element) => ({ where: element.path, received: shown(...modelsOf(element)) }));
    },
  },
];

/** Observations of an entry; those inside an observation (an earlier result) have no model of their own. */
function resultsIn(element: XmlElement): readonly XmlElement[] {
  return element.children.flatMap((node): readonly XmlElement[] => {
    if (node.kind !== 'element' || node.name.namespace !== HL7_V3) return [];
    return node.name.local === 'observation' ? [node] : resultsIn(node);
  });
}

function modelsOf(element: XmlElement): readonly string[] {
  return children(element, 'templateId', HL7_V3).map((one) => attribute(one, 'root', '') ?? '');
}
