import type { LayerName } from '#formats/cda-pack/index.ts';
import type { Rule } from '#dsr/verdict/index.ts';
import { BOTH } from '../vocabulary.ts';

/** What the official pack says becomes a finding of one of these; the pack gives what is expected and where it says so. */
export interface OfficialRule extends Rule {
  readonly expected: string;
  readonly remedy: string;
}

const PACK = 'Pack CI-SIS de l’ANS (TestContenuCDA)';

const MEND = 'Corrigez l’élément désigné, puis rejouez : la règle est celle du pack officiel que vous avez donné.';

export const XSD: OfficialRule = {
  id: 'CDA-XSD',
  layer: 'xsd',
  severity: 'error',
  requirements: BOTH,
  source: `${PACK}, infrastructure/cda/CDA_extended.xsd`,
  title: 'Le document CDA est valide selon le schéma XSD du pack CI-SIS.',
  expected: 'un document valide selon le schéma XSD du pack CI-SIS',
  remedy: MEND,
};

const TITLES: Readonly<Record<LayerName, { readonly id: string; readonly title: string }>> = {
  entete: { id: 'CDA-SCH-HEADER', title: 'L’en-tête du CDA respecte le schematron de structuration minimale.' },
  ihe: { id: 'CDA-SCH-IHE', title: 'Le CDA respecte le schematron des profils IHE.' },
  modeles: { id: 'CDA-SCH-CONTENT', title: 'Le CDA respecte le schematron des modèles de contenus CDA.' },
  ans: { id: 'CDA-SCH-ANS', title: 'Le CDA respecte le schematron des modèles de l’ANS.' },
  terminologies: { id: 'CDA-SCH-TERMINOLOGY', title: 'Les codes du CDA existent dans les terminologies du pack.' },
  volet: { id: 'CDA-SCH-MODEL', title: 'Le CDA respecte le schematron du volet que nomme son templateId.' },
};

const LAYERS = Object.keys(TITLES) as LayerName[];

/** The rule under which a schematron speaks. */
export const SCHEMATRON = Object.fromEntries(
  LAYERS.map((layer): [LayerName, OfficialRule] => [
    layer,
    {
      ...TITLES[layer],
      layer: 'schematron',
      severity: 'error',
      requirements: BOTH,
      source: PACK,
      expected: TITLES[layer].title,
      remedy: MEND,
    },
  ]),
) as Readonly<Record<LayerName, OfficialRule>>;

export const MODEL_UNKNOWN: OfficialRule = {
  id: 'CDA-SCH-MODEL-KNOWN',
  layer: 'schematron',
  severity: 'warning',
  requirements: BOTH,
  source: PACK,
  title: 'Le pack a un schematron pour le modèle et la version que nomme le templateId du document.',
  expected: 'un templateId de ClinicalDocument dont le pack a le schematron (root : le modèle, extension : la version)',
  remedy:
    'Corrigez le templateId, ou donnez un pack qui a ce volet : le schematron du volet n’a pas été joué, le document reste à vérifier.',
};

/** Neither is blamed on the product: both say what was not judged. */
export const UNEVALUATED: OfficialRule = {
  id: 'CDA-SCH-EVALUATED',
  layer: 'schematron',
  severity: 'warning',
  requirements: BOTH,
  source: PACK,
  title: 'Chaque assertion du pack a pu être évaluée sur le document.',
  expected: 'une assertion qui s’évalue',
  remedy:
    'Corrigez d’abord les erreurs du document, s’il en a : une assertion ne s’évalue pas toujours hors du schéma. Sinon le pack ou le banc est en cause, pas le produit : complétez le pack (fichier absent, expression fautive), ou faites juger ce point par le validateur de l’ANS.',
  benchLimit: true,
};

export const UNPLAYED: OfficialRule = {
  id: 'CDA-PACK-PLAYED',
  layer: 'schematron',
  severity: 'warning',
  requirements: BOTH,
  source: PACK,
  title: 'Le pack a pu juger tout le document.',
  expected: 'un pack dont chaque partie se lit, et un document jugé dans le temps et la mémoire du banc',
  remedy:
    'Remplacez le pack par une copie entière, ou rejouez avec un document plus petit : rien n’est reproché au produit.',
  benchLimit: true,
};

export const OFFICIAL_RULES: readonly Rule[] = [
  XSD,
  ...Object.values(SCHEMATRON),
  MODEL_UNKNOWN,
  UNEVALUATED,
  UNPLAYED,
];
