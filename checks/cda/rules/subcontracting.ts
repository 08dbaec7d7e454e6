import { attribute, at, child, children, descendants } from '#formats/xml/index.ts';
import type { XmlElement } from '#formats/xml/index.ts';
import type { CdaRule, Subcontracted } from '../types.ts';

const HL7 = 'urn:hl7-org:v3';

/** What the laboratory that reports owes to the examinations that another one made. */
export const SUBCONTRACTING_RULES: readonly CdaRule[] = [
  {
    id: 'CDA-SUBCONTRACTED',
    layer: 'business',
    severity: 'error',
    requirements: ['DOC/va1.22'],
    source: 'REM SGL vague 1, DOC/va1.22 ; CI-SIS, volet CR-BIO, § 3.3.6 et laboratoire exécutant',
    title: 'Le CDA N3 porte les examens sous-traités : le PDF du sous-traitant, ou les analyses avec ses coordonnées.',
    expected:
      'le PDF du sous-traitant attaché, ou chaque analyse structurée sous un exécutant (performer) qui a son nom et ses coordonnées',
    remedy:
      'Attachez le PDF reçu (observationMedia), ou mettez dans l’entrée de l’analyse un performer avec l’organisation, son téléphone ou son adresse.',
    judge: ({ document, options: { subcontracted } }) => {
      if (subcontracted === undefined || document.level !== 'N3' || isAttached(document.root, subcontracted)) return [];
      return subcontracted.analyses.flatMap((analysis) => {
        const found = observationOf(document.root, analysis);
        if (found === undefined) {
          return [{ where: document.root.path, received: `ni le PDF du sous-traitant, ni l’analyse ${analysis}` }];
        }
        const lacking = lackingOf(found, subcontracted);
        return lacking === undefined ? [] : [{ where: found.element.path, received: lacking }];
      });
    },
  },
];

/** Whether the very file of the subcontractor is in the document. */
function isAttached(root: XmlElement, { pdf }: Subcontracted): boolean {
  if (pdf === undefined) return false;
  return descendants(root, 'observationMedia').some((media) => {
    const value = child(media, 'value', HL7);
    return value !== undefined && Buffer.from(textOf(value), 'base64').equals(pdf);
  });
}

interface Found {
  readonly element: XmlElement;
  /** The observation first, then what holds it. */
  readonly around: readonly XmlElement[];
}

function observationOf(root: XmlElement, analysis: string): Found | undefined {
  const search = (element: XmlElement, above: readonly XmlElement[]): Found | undefined => {
    const around = [element, ...above];
    const code = element.name.local === 'observation' ? child(element, 'code', HL7) : undefined;
    if (code !== undefined && attribute(code, 'code', '') === analysis) return { element, around };
    for (const node of element.children) {
      const found = node.kind === 'element' ? search(node, around) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(root, []);
}

/** French: what the nearest performer does not say of the subcontractor; undefined when it says all. */
function lackingOf({ around }: Found, { laboratory }: Subcontracted): string | undefined {
  // The performer of the whole document is the laboratory that reports.
  const performers = around
    .filter(({ name }) => ['observation', 'organizer', 'act', 'battery'].includes(name.local))
    .flatMap((element) => children(element, 'performer', HL7));
  if (performers.length === 0) return 'aucun exécutant (performer) : rien ne dit qui a fait l’analyse';
  const organizations = performers.flatMap(
    (performer) => at(performer, 'assignedEntity', 'representedOrganization') ?? [],
  );
  const named = organizations.filter((organization) => {
    const name = child(organization, 'name', HL7);
    return name !== undefined && fold(textOf(name)).includes(fold(laboratory.name));
  });
  if (named.length === 0) {
    const names = organizations.map((one) => textOf(child(one, 'name', HL7) ?? one).trim()).join(', ');
    return `exécutant « ${names} »`;
  }
  const reachable = named.some((organization) =>
    [...children(organization, 'telecom', HL7), ...children(organization, 'addr', HL7)].some(says),
  );
  return reachable ? undefined : `${laboratory.name}, sans téléphone ni adresse`;
}

function says(element: XmlElement): boolean {
  return attribute(element, 'value', '') !== undefined || textOf(element).trim() !== '';
}

function textOf(element: XmlElement): string {
  return element.children
    .map((node) => (node.kind === 'element' ? textOf(node) : node.kind === 'text' ? node.value : ''))
    .join('');
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().replace(/\s+/gu, ' ').trim();
}
