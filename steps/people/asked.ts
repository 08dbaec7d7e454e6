import type { Asked, Choice, PatientAsked } from './types.ts';

function missing(as: 'vide' | 'absent'): Choice {
  return ({ insiTraits }) => insiTraits?.missing?.every((one) => one.as === as) === true;
}

/** Sentence of a feature → the patient that it asks for; each is also a sentence with « , enregistré dans le produit ». */
export const PATIENTS: Readonly<Record<string, PatientAsked>> = {
  'un patient que INSi connaît': { situation: 'nominal' },
  'un patient que INSi connaît avec un historique': { situation: 'historique' },
  'un patient que INSi ne connaît pas': { situation: 'inconnu' },
  "un patient à qui INSi donne un matricule d'attente (NIA)": { situation: 'nia' },
  'un patient dont INSi renvoie un matricule à la clé fausse': { situation: 'cle-fausse' },
  "un patient dont INSi renvoie d'autres prénoms que ceux saisis": { situation: 'traits-differents' },
  'un patient dont INSi renvoie une liste de prénoms qui ne commence pas par le premier prénom saisi': {
    situation: 'prenom-incoherent',
  },
  'un patient dont INSi renvoie une date de naissance avec le jour 00': { situation: 'naissance-00' },
  'un patient dont INSi renvoie une date de naissance avec le mois 00': { situation: 'naissance-mois-00' },
  'un patient dont INSi renvoie une date de naissance avec le jour et le mois 00': {
    situation: 'naissance-jour-mois-00',
  },
  'un patient dont INSi renvoie un nom de naissance vide': { situation: 'sans-nom', suits: missing('vide') },
  "un patient dont INSi n'écrit pas le nom de naissance": { situation: 'sans-nom', suits: missing('absent') },
  'un patient dont INSi renvoie des prénoms vides': { situation: 'sans-prenom', suits: missing('vide') },
  "un patient dont INSi n'écrit pas les prénoms": { situation: 'sans-prenom', suits: missing('absent') },
  'un patient dont INSi renvoie un sexe vide': { situation: 'sans-sexe', suits: missing('vide') },
  "un patient dont INSi n'écrit pas le sexe": { situation: 'sans-sexe', suits: missing('absent') },
  'un patient dont INSi refuse toute vérification': { situation: 'verification-ko' },
  'un patient né en Corse-du-Sud': { situation: 'corse-2a' },
  'un patient né en Haute-Corse': { situation: 'corse-2b' },
  'un patient dont le nom porte une apostrophe': { situation: 'apostrophe' },
  'un patient dont le nom porte un tiret': { situation: 'tiret', suits: ({ birthName }) => birthName.includes('-') },
  'un patient dont le prénom porte un tiret': {
    situation: 'tiret',
    suits: ({ firstNames }) => firstNames[0]?.includes('-') === true,
  },
  'un patient dont le nom porte un espace': { situation: 'tiret', suits: ({ birthName }) => birthName.includes(' ') },
  'un patient dont le nom porte un double tiret': { situation: 'double-tiret' },
  'un patient dont le nom a au moins 54 caractères': { situation: 'nom-long' },
  'un patient qui a plusieurs prénoms': { situation: 'plusieurs-prenoms' },
  'un patient mineur': { situation: 'enfant' },
  'un patient dont le DMP est fermé': { situation: 'dmp-ferme' },
  "un patient qui n'a pas de DMP": { situation: 'dmp-inexistant' },
};

export const REGISTERED = ', enregistré dans le produit';

/** What makes two people look alike → situation of the population; the second one has the key of the first and a suffix. */
export const PAIRS: Readonly<Record<string, string>> = { jumeau: 'jumeaux', homonyme: 'homonymes' };

const NOMINAL: PatientAsked = { situation: 'nominal' };

/** The other sentences that ask for people. */
const OTHERS: readonly (readonly [sentence: RegExp, ...asked: readonly Asked[]])[] = [
  [/^un patient dont l'identité est "[^"]+" dans le produit$/, NOMINAL],
  [/^un patient que INSi connaît, enregistré avec le lieu de naissance inconnu$/, NOMINAL],
  [/^un patient qualifié dans le produit$/, NOMINAL],
  [/^un patient qualifié et un professionnel correspondant$/, NOMINAL, 'professionnel'],
  [/^un patient qui a un homonyme dans INSi, enregistré avec son seul premier prénom$/, { situation: 'homonymes' }],
  [/^trois patients enregistrés dans le produit, /, NOMINAL, NOMINAL, NOMINAL, 'professionnel'],
  [/^deux patients nés le même jour, enregistrés dans le produit, /, NOMINAL, NOMINAL],
  [/^un patient décédé, dont l'identité est qualifiée dans le produit$/, { situation: 'decede' }],
  [/^un (?:premier|second) utilisateur du produit, inscrit à l'annuaire$/, 'professionnel'],
  [/^un professionnel de l'annuaire$/, 'professionnel'],
  [/^trois professionnels, dont /, 'professionnel', 'professionnel', 'professionnel'],
  [/^un patient qualifié et deux professionnels correspondants$/, NOMINAL, 'professionnel', 'professionnel'],
  [/^un patient qualifié et dix professionnels correspondants$/, NOMINAL, ...Array<Asked>(10).fill('professionnel')],
  [/^un patient dont l'identité est "[^"]+" et un professionnel correspondant$/, NOMINAL, 'professionnel'],
  [/^un courriel qu'un professionnel a écrit au laboratoire/, NOMINAL, 'professionnel'],
  [/^deux patients qualifiés dans le produit$/, NOMINAL, NOMINAL],
  [
    /^un document qu'un professionnel a envoyé pour un patient que le produit ne connaît pas$/,
    NOMINAL,
    'professionnel',
  ],
  [
    /^un (?:document|compte rendu structuré) .*qu'un professionnel a envoyé|^un document pour le premier, /,
    'professionnel',
  ],
  [/^un (?:premier|second) professionnel se connecte au produit par Pro Santé Connect$/, 'professionnel'],
  ...Object.entries(PAIRS).map(
    ([kind, situation]) =>
      [new RegExp(`^un patient dont un ${kind} est enregistré dans le produit$`), { situation }] as const,
  ),
];

/** Whom a sentence asks for, in order. */
export function askedBy(sentence: string): readonly Asked[] {
  const plain = sentence.endsWith(REGISTERED) ? sentence.slice(0, -REGISTERED.length) : sentence;
  const patient = PATIENTS[plain];
  if (patient !== undefined) return [patient];
  const [, ...asked] = OTHERS.find(([pattern]) => pattern.test(sentence)) ?? [];
  return asked as readonly Asked[];
}
