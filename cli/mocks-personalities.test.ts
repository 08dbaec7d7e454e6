import { expect, it } from 'vitest';
import { personalityTable } from './mocks-personalities.ts';

it('shows ports and the expected reaction of each wave, aligned', () => {
  const text = personalityTable([
    {
      name: 'tls-1.3-seul',
      title: 'TLS 1.3 seul',
      smtpPort: 2525,
      imapPort: 2143,
      expect: { va1: 'refuse', va2: 'either' },
    },
    {
      name: 'conforme',
      title: 'Opérateur conforme',
      smtpPort: 25,
      imapPort: 143,
      expect: { va1: 'accept', va2: 'accept' },
    },
  ]);
  expect(text.split('\n').slice(1)).toEqual([
    'Opérateur     Titre               SMTP  IMAP  Vague 1   Vague 2',
    'tls-1.3-seul  TLS 1.3 seul        2525  2143  refuser   selon le produit',
    'conforme      Opérateur conforme  25    143   accepter  accepter',
    '',
  ]);
});
