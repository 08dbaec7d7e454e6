import { matchesGlob } from 'node:path/posix';
import type { Finding } from '#dsr/verdict/index.ts';
import { openReport } from '../report/index.ts';
import { formatNamed } from './formats.ts';
import { RULES } from './rules.ts';
import type { Declaration, ExpectedReport, ExportedFile } from './types.ts';

const TOLD = 20;

/** Judges what an export holds by what its documentation says of it. */
export function checkExport(declaration: Declaration, files: readonly ExportedFile[]): readonly Finding[] {
  const report = openReport(RULES);
  if (declaration.data.length === 0) {
    report.add('PORT-DECLARATION', {
      where: 'documentation',
      received: 'aucune donnée listée',
      expected: 'la liste des données mises à disposition',
      remedy: 'Listez chaque donnée exportée, avec son format et son emplacement.',
    });
  }
  const covered = new Set<ExportedFile>();
  for (const [rank, { name, format, location }] of declaration.data.entries()) {
    const lacking = [
      name === '' ? 'nom' : '',
      format === '' ? 'format' : '',
      location === '' ? 'emplacement' : '',
    ].filter((one) => one !== '');
    const where = `documentation, donnée n° ${rank + 1}${name === '' ? '' : ` « ${name} »`}`;
    if (lacking.length > 0) {
      report.add('PORT-DECLARATION', {
        where,
        received: `sans ${lacking.join(' ni ')}`,
        expected: 'un nom, un format et un emplacement',
        remedy: 'Complétez la documentation de l’export.',
      });
    }
    if (location === '') continue;
    const own = files.filter(({ path }) => matchesGlob(path, location));
    for (const file of own) covered.add(file);
    if (own.length === 0) {
      report.add('PORT-COMPLETE', {
        where,
        received: `aucun fichier à l’emplacement « ${location} » (${files.length} fichiers dans l’export)`,
        expected: 'un fichier au moins',
        remedy: 'Exportez cette donnée, ou corrigez l’emplacement que la documentation donne.',
      });
    }
    const wanted = formatNamed(format);
    for (const { path } of own.filter(({ bytes }) => wanted?.test(bytes) === false).slice(0, TOLD)) {
      report.add('PORT-FORMAT', {
        where: path,
        received: `ce n’est pas ${wanted?.title}`,
        expected: format,
        remedy: 'Écrivez le fichier dans ce format, ou corrigez la documentation.',
      });
    }
  }
  const strangers = files.filter((file) => !covered.has(file));
  for (const { path } of strangers.slice(0, TOLD)) {
    report.add('PORT-UNDECLARED', {
      where: path,
      received: 'un fichier que la documentation ne décrit pas',
      expected: 'un emplacement de la documentation',
      remedy: 'Décrivez-le : qui reprend les données doit savoir ce que c’est.',
    });
  }
  return report.findings;
}

/**
 * Judges the period of an export: what it covers is there, what is older is not.
 *
 * @param period French: what was asked for
 */
export function checkHistory(
  files: readonly ExportedFile[],
  wanted: readonly ExpectedReport[],
  older: readonly ExpectedReport[],
  period: string,
): readonly Finding[] {
  const report = openReport(RULES);
  for (const one of wanted.filter((each) => !isIn(files, each))) {
    report.add('PORT-HISTORY', {
      where: `export ${period}`,
      received: `${one.label} n’y est pas (${files.length} fichiers)`,
      expected: 'chaque compte rendu de la période',
      remedy: 'Exportez toute la période demandée, archives comprises.',
    });
  }
  for (const one of older.filter((each) => isIn(files, each))) {
    report.add('PORT-PERIOD', {
      where: `export ${period}`,
      received: `${one.label} y est`,
      expected: 'rien d’antérieur à la période demandée',
      remedy: 'Tenez compte de la profondeur que l’administrateur choisit.',
    });
  }
  return report.findings;
}

/** A file is the report when it is one of its documents, or names one of its ids. */
function isIn(files: readonly ExportedFile[], { ids, documents }: ExpectedReport): boolean {
  return files.some(({ bytes, path }) => {
    const own = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return (
      documents.some((document) => own.equals(document)) ||
      ids.some((id) => id.length > 3 && (path.includes(id) || own.includes(id)))
    );
  });
}
