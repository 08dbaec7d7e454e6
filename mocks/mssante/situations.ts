/** What each step of the dialogue can play; a step only takes its own names. */
export const AUTH_SITUATIONS = ['auth-535'] as const;
export const MAIL_FROM_SITUATIONS = ['occupe-421'] as const;
export const RECIPIENT_SITUATIONS = ['boite-pleine-452', 'inconnu-550', 'greylist-450', 'disque-452'] as const;
export const DATA_SITUATIONS = ['trop-gros-552', 'coupure'] as const;
export const LATENCY_SITUATIONS = ['latence'] as const;
export const IMAP_LOGIN_SITUATIONS = ['imap-auth-no', 'imap-coupure'] as const;

/** What comes back after the operator took the mail, for a recipient; `erreur-integration` takes a `code`, 900 to 906. */
export const ANSWER_SITUATIONS = [
  'accuse-remise',
  'accuse-lecture',
  'sans-accuse',
  'remise-differee',
  'patient-inconnu',
  'espace-ferme',
  'boite-pleine',
  'adresse-invalide',
  'trop-gros-mes',
  'reponse-patient',
  'erreur-integration',
] as const;

export const MSSANTE_SITUATIONS: readonly string[] = [
  ...AUTH_SITUATIONS,
  ...MAIL_FROM_SITUATIONS,
  ...RECIPIENT_SITUATIONS,
  ...DATA_SITUATIONS,
  ...LATENCY_SITUATIONS,
  ...IMAP_LOGIN_SITUATIONS,
  ...ANSWER_SITUATIONS,
];
