/**
 * Ways in which this laboratory system can be made wrong on purpose, to show what a reader of its traffic must see.
 * Off unless the configuration names them.
 */
export interface Fault {
  readonly name: string;
  readonly title: string;
  /** Part of the system whose behaviour changes. */
  readonly touches: 'identity' | 'insi' | 'sessions' | 'mssante' | 'dmp' | 'documents';
}

export const FAULTS: readonly Fault[] = [
  {
    name: 'insi-qualifie-sans-titre',
    title: "Qualifie l'identité dès le retour 00 d'INSi, sans pièce d'identité à haut niveau de confiance",
    touches: 'identity',
  },
  {
    name: 'insi-garde-date-00',
    title: 'Accepte un retour INSi dont le jour ou le mois de naissance vaut 00',
    touches: 'identity',
  },
  {
    name: 'psc-sans-acr',
    title: "Demande la connexion Pro Santé Connect sans le niveau d'authentification eidas1",
    touches: 'sessions',
  },
  {
    name: 'mss-sans-libelle',
    title: "Envoie les messages MSSanté sans libellé d'expéditeur",
    touches: 'mssante',
  },
  {
    name: 'dmp-heure-locale',
    title: "Écrit les dates des métadonnées DMP en heure locale au lieu de l'heure UTC",
    touches: 'dmp',
  },
  {
    name: 'cda-n1-sans-ins',
    title: "Produit le CDA de niveau 1 sans l'INS du patient",
    touches: 'documents',
  },
];
