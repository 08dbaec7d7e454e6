import type { Xdm } from '#formats/xdm/index.ts';
import type { XdmRule } from './types.ts';

/** Every mail that carries reports carries an archive: to professionals (va1.21) and to patients (va1.01). */
export const MAILED: readonly string[] = ['MSS/va1.01', 'MSS/va1.21'];

export const ITI = (section: string): string => `IHE XDM, ITI-32 « zip over e-mail », ${section}`;
/** ISO 9660 level 1: eight characters, a dot, three characters, upper case. */
const FILE_8_3 = /^[A-Z0-9_]{1,8}(\.[A-Z0-9_]{1,3})?$/;

const PROBLEM_RULES = [
  ['XDM-ENTRY-PATH', 'XDM_ENTRY_PATH', 'Aucun nom d’entrée ne sort de l’archive.', 'un chemin relatif, séparé par /'],
  ['XDM-ENTRY-ENCRYPTED', 'XDM_ENTRY_ENCRYPTED', 'L’archive n’a pas de mot de passe.', 'des entrées en clair'],
  ['XDM-ENTRY-DUPLICATE', 'XDM_ENTRY_DUPLICATE', 'Chaque nom d’entrée est unique.', 'un nom par entrée'],
  ['XDM-ENTRY-METHOD', 'XDM_ENTRY_METHOD', 'Les entrées sont « stored » ou « deflate ».', 'méthode 0 ou 8'],
  ['XDM-ENTRY-UNREADABLE', 'XDM_ENTRY_UNREADABLE', 'Chaque entrée se décompresse.', 'une entrée intacte'],
  [
    'XDM-WRAPPED',
    'XDM_WRAPPED',
    'IHE_XDM est à la racine de l’archive.',
    'README.TXT, INDEX.HTM et IHE_XDM/ à la racine',
  ],
  ['XDM-METADATA-PRESENT', 'XDM_NO_METADATA', 'Chaque lot a son METADATA.XML.', 'IHE_XDM/<lot>/METADATA.XML'],
] as const;

/** Rules on how the archive is made; those of the first list only repeat what the reader could not accept. */
export const LAYOUT_RULES: readonly XdmRule[] = [
  ...PROBLEM_RULES.map(([id, code, title, expected]): XdmRule => ({
    id,
    layer: code === 'XDM_NO_METADATA' || code === 'XDM_WRAPPED' ? 'business' : 'wellformed',
    severity: 'error',
    requirements: MAILED,
    source: ITI('structure de l’archive'),
    title,
    expected,
    remedy: 'Refaites l’archive à partir des seuls fichiers attendus, sans dossier ajouté ni chiffrement.',
    judge: ({ xdm }) =>
      xdm.problems
        .filter((problem) => problem.code === code)
        .map((problem) => ({ where: problem.where, received: problem.message })),
  })),
  {
    id: 'XDM-ENTRY-CASE',
    layer: 'business',
    severity: 'error',
    requirements: MAILED,
    source: ITI('ISO 9660 niveau 1'),
    title: 'Deux noms ne diffèrent pas que par la casse.',
    expected: 'des noms qui restent distincts sur un disque qui ignore la casse',
    remedy: 'Renommez l’un des deux fichiers : le destinataire n’en garderait qu’un.',
    judge: ({ xdm }) => {
      const seen = new Map<string, string>();
      return xdm.entries.flatMap(({ name }) => {
        const folded = name.toUpperCase();
        const other = seen.get(folded);
        seen.set(folded, other ?? name);
        return other === undefined || other === name ? [] : [{ where: name, received: `${name} à côté de ${other}` }];
      });
    },
  },
  {
    id: 'XDM-ARCHIVE-NAME',
    layer: 'business',
    // A capture kept under another name is still the archive: in a mail, MAIL-XDM-ATTACHMENT refuses it.
    severity: 'warning',
    requirements: MAILED,
    source: 'MSSanté #2 clients, ECO.2.1.1',
    title: 'L’archive s’appelle IHE_XDM.ZIP.',
    expected: 'IHE_XDM.ZIP (la casse ne compte pas)',
    remedy: 'Nommez la pièce jointe IHE_XDM.ZIP ; un fichier renommé depuis n’est pas en cause.',
    judge: ({ options: { fileName } }) =>
      fileName === undefined || fileName.toUpperCase() === 'IHE_XDM.ZIP'
        ? []
        : [{ where: 'nom de l’archive', received: fileName }],
  },
  {
    id: 'XDM-ENTRY-NAME',
    layer: 'business',
    severity: 'error',
    requirements: MAILED,
    source: ITI('ISO 9660 niveau 1'),
    title: 'Les noms sont en 8.3, en majuscules.',
    expected: 'A–Z, 0–9, _ ; 8 caractères, 3 pour l’extension',
    remedy: 'Renommez ce fichier ou ce dossier, dans l’archive et dans les métadonnées.',
    judge: ({ xdm }) =>
      xdm.entries
        .filter((entry) =>
          entry.name
            .slice(xdm.prefix.length)
            .split('/')
            .some((part) => !FILE_8_3.test(part)),
        )
        .map((entry) => ({ where: entry.name, received: entry.name })),
  },
  {
    id: 'XDM-README',
    layer: 'business',
    severity: 'error',
    requirements: MAILED,
    source: ITI('README.TXT'),
    title: 'L’archive a un README.TXT qui présente l’émetteur.',
    expected: 'README.TXT non vide à la racine',
    remedy: 'Ajoutez README.TXT : émetteur, application, instructions, arborescence.',
    judge: ({ xdm }) => presence(xdm, `${xdm.prefix}README.TXT`),
  },
  {
    id: 'XDM-INDEX',
    layer: 'business',
    severity: 'error',
    requirements: MAILED,
    source: ITI('INDEX.HTM'),
    title: 'L’archive a un INDEX.HTM.',
    expected: 'INDEX.HTM non vide à la racine',
    remedy: 'Ajoutez INDEX.HTM, avec l’identité de l’émetteur et un lien vers README.TXT.',
    judge: ({ xdm }) => presence(xdm, `${xdm.prefix}INDEX.HTM`),
  },
];

function presence({ entries, problems }: Xdm, name: string): readonly { where: string; received: string }[] {
  const isIt = (one: string): boolean => one.toUpperCase() === name.toUpperCase();
  const entry = entries.find((one) => isIt(one.name));
  if (entry && entry.bytes.length > 0) return [];
  // It is there and cannot be read: what keeps it from being read is told already.
  if (problems.some(({ where }) => isIt(where))) return [];
  return [{ where: name, received: entry ? 'fichier vide' : 'absent' }];
}
