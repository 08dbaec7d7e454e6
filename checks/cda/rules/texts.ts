import { descendants } from '#formats/xml/index.ts';
import type { XmlElement } from '#formats/xml/index.ts';
import type { CdaRule } from '../types.ts';

/** Rules on what the narrative must say word for word, when the bench set it. */
export const TEXT_RULES: readonly CdaRule[] = [
  {
    id: 'CDA-TEXTS',
    layer: 'business',
    severity: 'error',
    requirements: ['DOC/va1.05', 'DOC/va1.18'],
    source: 'REM SGL vague 1, DOC/va1.05 et DOC/va1.18',
    title: 'Le texte lisible du compte rendu porte les mentions que l’utilisateur a réglées.',
    expected: 'le texte réglé dans le produit, dans une section du corps',
    remedy:
      'Écrivez la mention réglée dans le texte (text) d’une section : la feuille de style ne montre rien d’autre.',
    judge: ({ document, options }) => {
      if (document.level !== 'N3' || options.texts === undefined) return [];
      const narrative = plain(descendants(document.root, 'section').flatMap(ownNarrative).join(' '));
      return options.texts
        .filter((text) => !narrative.includes(plain(text)))
        .map((text) => ({
          where: `${document.root.path}/component[1]/structuredBody[1]`,
          received: `absent : « ${text} »`,
        }));
    },
  },
];

function ownNarrative(section: XmlElement): readonly string[] {
  return section.children.flatMap((node) =>
    node.kind === 'element' && node.name.local === 'text' ? [wholeText(node)] : [],
  );
}

function wholeText(element: XmlElement): string {
  return element.children
    .map((node) => (node.kind === 'element' ? ` ${wholeText(node)} ` : node.kind === 'text' ? node.value : ''))
    .join('');
}

/** Blanks and the shape of apostrophes do not count. */
function plain(text: string): string {
  return text.replaceAll('’', "'").replace(/\s+/g, ' ').trim();
}
