import { describe, expect, it } from 'vitest';
import { mailSource } from './eml.ts';

const MAIL = 'Subject: essai\r\n\r\nBonjour\r\n';
const read = (text: string): string => Buffer.from(mailSource(Buffer.from(text, 'latin1')).source).toString('latin1');

describe('mailSource', () => {
  it('leaves a mail as it is, LF or CRLF', () => {
    expect(read(MAIL)).toBe(MAIL);
    expect(read(MAIL.replaceAll('\r', ''))).toBe(MAIL.replaceAll('\r', ''));
    expect(read('Subject: a\r\n\r\n..b\r\n')).toBe('Subject: a\r\n\r\n..b\r\n');
    expect(read('')).toBe('');
  });

  it('takes off a byte order mark and the line of an mbox file', () => {
    expect(read(`\u00ef\u00bb\u00bf${MAIL}`)).toBe(MAIL);
    expect(read(`From labo@labo.mssante.test Mon Jan  5 10:00:00 2026\r\n${MAIL}`)).toBe(MAIL);
    expect(read(`\u00ef\u00bb\u00bfFrom a Mon\n${MAIL}`)).toBe(MAIL);
  });

  it('says at which line of the file the mail begins', () => {
    const first = (text: string): number => mailSource(Buffer.from(text)).firstLine;
    expect(first(MAIL)).toBe(1);
    expect(first(`From labo@labo.mssante.test Mon Jan  5 10:00:00 2026\n${MAIL}`)).toBe(2);
  });

  it('keeps a From header', () => {
    expect(read('From: a@b.test\r\n\r\nb\r\n')).toBe('From: a@b.test\r\n\r\nb\r\n');
  });

  it.each(['\r\n', '\n'])('undoes the dots of SMTP when the last dot is there (%j)', (end) => {
    const sent = ['Subject: a', '', '..b', '...', 'c..d', '.', ''].join(end);
    expect(read(sent)).toBe(['Subject: a', '', '.b', '..', 'c..d', ''].join(end));
  });
});
