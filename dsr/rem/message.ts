import type { RemMessage } from './types.ts';

interface Kind {
  /** When several sentences say one thing; the key of the kind otherwise. */
  readonly code?: string;
  readonly severity: RemMessage['severity'];
  readonly message: string;
  readonly remedy: string;
}

/**
 * What the reader may say of a workbook it recognised. C codes are the checks that the ANS runs on its own lists,
 * J codes are ours. `{value}` and `{detail}` are replaced.
 */
const KINDS = {
  C1: {
    severity: 'error',
    message: "L'exigence n'a pas de profil.",
    remedy: 'Indiquez « Général » ou un profil conditionnel ; en attendant, elle est comptée pour tous les produits.',
  },
  C2: {
    severity: 'warning',
    message:
      "« {value} » contredit le profil « {detail} » : une exigence est conditionnelle si son profil n'est pas Général.",
    remedy: 'Corrigez la colonne ou le profil ; Jalon suit le profil.',
  },
  C3: {
    severity: 'error',
    message: "L'exigence n'a pas de section ; Jalon la range dans « {detail} » d'après son numéro.",
    remedy: "Complétez l'identifiant de section.",
  },
  C4: {
    severity: 'warning',
    message: 'Nature inconnue « {value} » ; Jalon retient {detail}.',
    remedy: 'Écrivez EXIGENCE ou PRECONISATION.',
  },
  C5: {
    severity: 'warning',
    message: 'Criticité inconnue « {value} ».',
    remedy: 'Écrivez Mineure, Majeure, Critique ou Non définie.',
  },
  C7: {
    severity: 'warning',
    message: 'Le scénario {value} demande {detail} preuves, plus de dix.',
    remedy: "Vérifiez que les lignes d'un autre scénario ne s'y sont pas mêlées.",
  },
  C6: {
    severity: 'error',
    message: "Le préfixe « {detail} » du numéro {value} n'est ni SC, ni CH, ni un code de couloir en trois lettres.",
    remedy: "Vérifiez le numéro ; l'exigence est reprise sous celui-ci.",
  },
  C8: {
    severity: 'warning',
    message: "La feuille « {value} » a les colonnes d'une REM mais aucune exigence.",
    remedy: 'Vérifiez que rien ne manque dans cette feuille ; les autres sont lues.',
  },
  C9: {
    severity: 'error',
    message: "L'exigence {detail} renvoie à plusieurs exigences du socle (« {value} ») : le lien n'est pas repris.",
    remedy: "Gardez une seule référence de socle ; l'exigence elle-même est reprise.",
  },
  C10: {
    severity: 'error',
    message: "Le numéro {value} est réservé au socle commun : une exigence de couloir n'en porte pas.",
    remedy: "Demandez à l'ANS le numéro du couloir ; l'exigence est reprise sous celui-ci.",
  },
  C11: {
    severity: 'error',
    message: "« {value} » n'est pas régulier : {detail}.",
    remedy: 'Corrigez la cellule ; la ligne est reprise telle quelle.',
  },
  C12: {
    severity: 'info',
    message: "L'exigence {value} est obsolète : elle n'est pas reprise.",
    remedy: 'Rien à faire : une exigence obsolète ne demande plus de preuve.',
  },
  C13: {
    severity: 'info',
    message: "Les sections ne suivent pas l'ordre de publication : {value} vient avant {detail}.",
    remedy:
      "Rien à faire : Jalon présente les sections dans l'ordre INS, DMP, MSS, PSC, ANN, TBB, HOP, DOC, PORT, EPR.",
  },
  C14: {
    severity: 'error',
    message: "Le nom de projet « {value} » n'a pas la forme SC_TRIGRAMME_… ou CH_TRIGRAMME_….",
    remedy: 'Vérifiez que le classeur est bien celui du couloir ; il est lu tout de même.',
  },
  J01: {
    severity: 'warning',
    message: "L'exigence {value} (DOIT) n'a aucun scénario de conformité.",
    remedy: "Demandez à l'ANS comment elle sera vérifiée ; aucune preuve ne peut lui être rattachée.",
  },
  J02: {
    severity: 'warning',
    message: 'Le scénario {value} ne demande aucune preuve.',
    remedy: 'Vérifiez les colonnes de preuve de cette ligne.',
  },
  J03: {
    severity: 'error',
    message: 'Le numéro de preuve {value} est déjà pris ; {detail}.',
    remedy: "Demandez le bon numéro à l'ANS, puis réimportez la REM.",
  },
  J04: {
    severity: 'warning',
    message: "La preuve {value} n'est pas numérotée sous son scénario {detail}.",
    remedy: 'Rien à faire si la liste officielle est ainsi ; la preuve reste sous ce scénario.',
  },
  J05: {
    severity: 'info',
    message: 'Le numéro « {value} » est lu {detail}.',
    remedy: "Rien à faire ; le numéro d'origine est conservé.",
  },
  J06: {
    severity: 'error',
    message: "La ligne porte un contenu sans numéro d'exigence : elle n'est pas reprise.",
    remedy: "Complétez le numéro d'exigence, ou retirez la ligne.",
  },
  J06_FORMULA: {
    code: 'J06',
    severity: 'error',
    message:
      "Le numéro d'exigence de la ligne est une formule dont le fichier ne garde aucune valeur : elle n'est pas reprise.",
    remedy: 'Ouvrez le classeur dans un tableur et réenregistrez-le, ou remplacez la formule par le numéro.',
  },
  J07: {
    severity: 'warning',
    message: "L'exigence {detail} a déjà une autre valeur plus haut ; la première est gardée.",
    remedy: "Donnez la même valeur sur toutes les lignes de l'exigence.",
  },
  J08: {
    severity: 'warning',
    message: "Le scénario n'a pas de numéro ; Jalon lui donne {detail}.",
    remedy: 'Complétez le numéro de scénario.',
  },
  J09: {
    severity: 'warning',
    message: "Le scénario {value} n'est pas numéroté sous son exigence {detail}.",
    remedy: 'Rien à faire si la liste officielle est ainsi ; il reste sous cette exigence.',
  },
  J10: {
    severity: 'warning',
    message: 'La preuve est incomplète : {detail}.',
    remedy: 'Complétez le numéro et le texte de la preuve.',
  },
  J11: {
    severity: 'warning',
    message: 'La colonne « {value} » manque.',
    remedy: 'Vérifiez que le classeur est bien celui publié, sans colonne supprimée.',
  },
  J12: {
    severity: 'warning',
    message: "Le numéro « {value} » n'a pas la forme d'un numéro d'exigence.",
    remedy: "Vérifiez la colonne ; l'exigence est reprise telle quelle.",
  },
  J13: {
    severity: 'warning',
    message: "{detail} : ce classeur n'est peut-être pas celui du couloir et de la vague demandés.",
    remedy: 'Vérifiez --category et --wave.',
  },
  J14: {
    severity: 'info',
    message: 'Le scénario {value} couvre plusieurs exigences ; ses preuves ne sont comptées qu’une fois.',
    remedy: 'Rien à faire.',
  },
  J15: {
    severity: 'warning',
    message: 'La cellule est une formule ({detail}) : Jalon lit la dernière valeur calculée, « {value} ».',
    remedy: 'Vérifiez la valeur, ou remplacez la formule par elle.',
  },
  J15_EMPTY: {
    code: 'J15',
    severity: 'warning',
    message: "La cellule est une formule ({detail}) ; le fichier n'en garde aucune valeur, elle est lue comme vide.",
    remedy: 'Ouvrez le classeur dans un tableur et réenregistrez-le, ou remplacez la formule par sa valeur.',
  },
  J16: {
    severity: 'warning',
    message: 'La feuille « {value} » reprend {detail} ligne(s) d’exigences déjà lues : elles ne sont pas relues.',
    remedy: 'Vérifiez que cette feuille est une copie de la principale, et retirez-la si elle est ancienne.',
  },
  J17: {
    severity: 'warning',
    message: "Le scénario cite l'exigence {value}, que la liste des exigences ne contient pas.",
    remedy: "Vérifiez le numéro ; l'exigence est créée sans énoncé pour ne rien perdre.",
  },
  J18: {
    severity: 'info',
    message: "« {value} » n'est pas un couloir du programme que Jalon connaît ({detail}).",
    remedy: "Rien à faire si c'est un nom à vous ; sinon, corrigez --category.",
  },
  J19: {
    severity: 'warning',
    message: "L'exigence {value} ne dit plus ce que disait ce numéro dans les listes que Jalon connaît.",
    remedy:
      'Relisez-la : aucun scénario de Jalon ne joue pour elle, et ses preuves sont classées d’après leur seul texte.',
  },
  J20: {
    severity: 'info',
    message: "L'exigence {value} est celle que Jalon connaît sous le numéro {detail}.",
    remedy: 'Rien à faire : ses scénarios jouent sous le nouveau numéro.',
  },
  J21: {
    severity: 'warning',
    message: 'La ligne cite {value} exigences : seules les {detail} premières sont reprises.',
    remedy: 'Répartissez-les sur plusieurs lignes qui portent le même numéro de scénario.',
  },
  J22: {
    severity: 'info',
    message: "« {value} » est un titre ou une note dans la colonne des numéros : ce n'est pas une exigence.",
    remedy: "Rien à faire ; s'il s'agit d'une exigence, donnez-lui son numéro et son énoncé.",
  },
  J23: {
    severity: 'warning',
    message: "Statut de publication inconnu « {value} » : l'exigence est comptée comme due.",
    remedy: "Écrivez Obsolète si elle ne l'est plus ; sinon, Inchangée, Modifiée ou Nouvelle.",
  },
  J24: {
    severity: 'warning',
    message: "L'exigence {value} cite plus de {detail} anciens numéros : les {detail} premiers sont gardés.",
    remedy: 'Vérifiez la cellule : une liste aussi longue est rarement voulue.',
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type MessageCode = keyof typeof KINDS;

export interface Place {
  /** 1-based row, 0 for the whole sheet. */
  readonly row: number;
  /** Header of the column, empty for the row. */
  readonly column: string;
}

/** A message shows what is wrong, not the page that a cell may hold. */
const MAX_VALUE = 200;

/** Builds a message of the table, with what was found and what the reader made of it. */
export function remMessage(code: MessageCode, place: Place, value = '', detail = ''): RemMessage {
  const kind: Kind = KINDS[code];
  const shown = value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE - 1)}…` : value;
  const fill = (text: string): string => text.replaceAll('{value}', () => shown).replaceAll('{detail}', () => detail);
  const { severity, message, remedy } = kind;
  return { code: kind.code ?? code, severity, ...place, value: shown, message: fill(message), remedy: fill(remedy) };
}
