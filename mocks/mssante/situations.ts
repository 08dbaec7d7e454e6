/** What each step of the dialogue can play; a step only takes its own names. */
export const AUTH_SITUATIONS = ['auth-535'] as const;
export const MAIL_FROM_SITUATIONS = ['occupe-421'] as const;
export const RECIPIENT_SITUATIONS = ['boite-pleine-452', 'inconnu-550'] as const;
export const DATA_SITUATIONS = ['trop-gros-552', 'coupure'] as const;
export const LATENCY_SITUATIONS = ['latence'] as const;
export const IMAP_LOGIN_SITUATIONS = ['imap-auth-no', 'imap-coupure'] as const;

/** Which certificate the listeners present (SMTP and IMAP), for a product that must refuse it. */
export const CERTIFICATE_SITUATIONS = ['certificat-expire', 'certificat-revoque', 'certificat-autre-ac'] as const;

export const MSSANTE_SITUATIONS: readonly string[] = [
  ...AUTH_SITUATIONS,
  ...MAIL_FROM_SITUATIONS,
  ...RECIPIENT_SITUATIONS,
  ...DATA_SITUATIONS,
  ...LATENCY_SITUATIONS,
  ...IMAP_LOGIN_SITUATIONS,
  ...CERTIFICATE_SITUATIONS,
];
