import type { BenchAddresses } from '#mocks/index.ts';

type Personality = NonNullable<BenchAddresses['mssante']['personalities']>[number];

const EXPECTED: Readonly<Record<Personality['expect']['va1'], string>> = {
  accept: 'accepter',
  refuse: 'refuser',
  either: 'selon le produit',
};
const HEADERS = ['Opérateur', 'Titre', 'SMTP', 'IMAP', 'Vague 1', 'Vague 2'];

/** The operators opened by `--personalities`, one a line: ports (STARTTLS) and what the product does in front of each. */
export function personalityTable(personalities: readonly Personality[]): string {
  const rows = personalities.map(({ name, title, smtpPort, imapPort, expect }) => [
    name,
    title,
    String(smtpPort),
    String(imapPort),
    EXPECTED[expect.va1],
    EXPECTED[expect.va2],
  ]);
  const widths = HEADERS.map((header, column) =>
    Math.max(header.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return `Opérateurs MSSanté par réglage TLS (STARTTLS sur les deux ports) :\n${[HEADERS, ...rows].map(line).join('\n')}\n`;
}
