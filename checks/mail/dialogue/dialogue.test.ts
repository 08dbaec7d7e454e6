import { describe, expect, it } from 'vitest';
import { checkImapDialogue, checkSmtpDialogue, RULES, type ImapCommand } from './index.ts';

const smtp = (...lines: string[]) => checkSmtpDialogue(lines).map(({ rule }) => rule);
const imap = (...commands: (readonly [string, boolean])[]) =>
  checkImapDialogue(commands.map(([name, secured]): ImapCommand => ({ name, secured }))).map(({ rule }) => rule);

describe('SMTP', () => {
  it('takes STARTTLS before anything that matters, in any case', () => {
    expect(smtp('EHLO a', 'STARTTLS', 'EHLO a', 'AUTH PLAIN ***', 'MAIL FROM:<a@b>', 'RCPT TO:<c@d>')).toEqual([]);
    expect(smtp('ehlo a', 'starttls', 'ehlo a', 'mail from:<a@b>')).toEqual([]);
  });

  it.each([
    ['no STARTTLS: TLS from the first byte', ['EHLO a', 'AUTH PLAIN ***', 'MAIL FROM:<a@b>']],
    ['a login in clear', ['EHLO a', 'AUTH PLAIN ***', 'STARTTLS', 'EHLO a', 'MAIL FROM:<a@b>']],
    ['nothing', []],
  ])('refuses %s', (_, lines) => {
    expect(smtp(...lines)).toEqual(['MAIL-SMTP-STARTTLS']);
  });
});

describe('IMAP', () => {
  it('takes STARTTLS, then everything inside it', () => {
    expect(imap(['starttls', false], ['login', true], ['select', true], ['logout', true])).toEqual([]);
  });

  it.each([
    ['TLS from the first byte', [['login', true] as const]],
    ['a login in clear', [['login', false] as const, ['starttls', false] as const, ['login', true] as const]],
    ['nothing', []],
  ])('refuses %s', (_, commands) => {
    expect(imap(...commands)).toEqual(['MAIL-IMAP-STARTTLS']);
  });
});

it('has nothing else', () => {
  expect(RULES.map(({ id }) => id)).toEqual(['MAIL-SMTP-STARTTLS', 'MAIL-IMAP-STARTTLS']);
});
