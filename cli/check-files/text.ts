import type { Severity, Verdict } from '#dsr/verdict/index.ts';
import { oneLine, wrap } from '../table.ts';
import type { CheckedFile } from './types.ts';

/** Findings of one file that the terminal shows. */
const MAX_SHOWN = 50;

const VERDICTS: Readonly<Record<Verdict, string>> = {
  conforme: 'conforme',
  'non-conforme': 'non conforme',
  'a-verifier': 'à vérifier',
  'non-verifiable': 'non vérifiable',
};
const SEVERITIES: Readonly<Record<Severity, readonly [one: string, many: string]>> = {
  error: ['erreur', 'erreurs'],
  warning: ['avertissement', 'avertissements'],
  info: ['information', 'informations'],
};

/**
 * What the terminal shows: per file its verdict, then one entry per finding, each value on its own line.
 *
 * @param editions official figures that served, named below
 */
export function checkedText(files: readonly CheckedFile[], width: number, editions: readonly string[] = []): string {
  const lines = files.flatMap((file) => [...fileLines(file, width), '']);
  const green = files.filter(({ verdict }) => verdict === 'conforme').length;
  lines.push(`${files.length} fichier(s) jugé(s) : ${green} conforme(s), ${files.length - green} autre(s).`);
  lines.push(...editions.flatMap((edition) => wrap(edition, width)));
  return `${lines.join('\n')}\n`;
}

function fileLines({ kind, durationMs, ...judged }: CheckedFile, width: number): readonly string[] {
  return findingLines(judged, width, ` (${kind}, ${durationMs} ms)`);
}

/** A verdict, then one entry per finding. @param suffix after the first line */
export function findingLines(
  { file, verdict, findings }: Pick<CheckedFile, 'file' | 'verdict' | 'findings'>,
  width: number,
  suffix = '',
): readonly string[] {
  const counts = (Object.keys(SEVERITIES) as Severity[]).flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    const [one, many] = SEVERITIES[severity];
    return count === 0 ? [] : [`${count} ${count > 1 ? many : one}`];
  });
  const found = counts.length === 0 ? 'aucun constat' : counts.join(', ');
  const shown = findings.slice(0, MAX_SHOWN).flatMap(({ severity, rule, where, received, expected, remedy }) => [
    '',
    ...wrap(`${rule} (${SEVERITIES[severity][0]})`, width, '  '),
    ...[
      ['où', where],
      ['reçu', received],
      ['attendu', expected],
      ['remède', remedy],
    ].flatMap(([label = '', value = '']) => wrap(value, width, `    ${label.padEnd(8)} `)),
  ]);
  const more = findings.length - MAX_SHOWN;
  return [
    ...wrap(`${oneLine(file)} : ${VERDICTS[verdict]} — ${found}${suffix}`, width),
    ...shown,
    ...(more > 0 ? ['', ...wrap(`${more} constat(s) de plus : --json les donne.`, width, '  ')] : []),
  ];
}
