/** Played at SELECT: the folder has another UIDVALIDITY, its mails other UIDs. */
export const IMAP_SELECT_SITUATIONS = ['imap-uidvalidity'] as const;
