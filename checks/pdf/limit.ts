/** What a bound of the bench keeps from being judged in a PDF. */
export const LIMIT = {
  id: 'PDF-LIMIT',
  layer: 'wellformed',
  severity: 'info',
  requirements: ['DOC/va1.01'],
  source: 'Jalon : bornes du banc (taille, temps, mémoire, filtres lus)',
  title: 'Le banc a pu lire tout le PDF.',
  expected: 'un contenu que le banc peut lire en entier',
  remedy:
    'C’est une limite du banc, pas une faute du produit : faites juger ce point autrement, ou rejouez avec un fichier plus simple.',
  benchLimit: true,
} as const;
