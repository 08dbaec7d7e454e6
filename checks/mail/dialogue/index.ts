export { checkImapDialogue, checkSmtpDialogue, type ImapCommand } from './check.ts';
export { RULES } from './rules.ts';
