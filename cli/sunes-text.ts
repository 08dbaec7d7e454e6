import { briefEuros } from '#dsr/money/index.ts';
import { versionText } from '#dsr/official-data/index.ts';
import type {
  AmountRange,
  DomainResult,
  EstablishmentResult,
  ShareStatus,
  SunesReading,
  SunesReport,
  TargetStatus,
  WindowResult,
} from '#dsr/sun-es/index.ts';
import { oneLine, tableLines, wrap as wrapWords } from './table.ts';

const STATUS: Readonly<Record<TargetStatus, string>> = {
  reached: 'atteinte',
  'not-reached': 'non atteinte',
  disputed: 'à vérifier',
  unknown: 'inconnue',
};
const DOMAIN: Readonly<Record<TargetStatus, string>> = {
  reached: 'cibles atteintes',
  'not-reached': 'cibles non atteintes',
  disputed: 'à vérifier',
  unknown: 'résultat inconnu',
};
const SHARE: Readonly<Record<ShareStatus, string>> = {
  acquired: 'acquis',
  'not-acquired': 'non acquis',
  unknown: 'inconnu',
};
const PREREQUISITES = { validated: 'validés', 'not-validated': 'non validés' } as const;

/** What `jalon sunes` shows: a block an establishment, then the faults of the file, then what is not known. */
export function sunesText(report: SunesReport, reading: SunesReading, notes: readonly string[], width: number): string {
  const lines = [
    ...report.establishments.flatMap((one) => [...establishmentLines(one, width), '']),
    ...rowLines(reading, notes, width),
    ...(report.establishments.length === 0
      ? []
      : ['Ce que les sources ne disent pas :', ...report.unknown.flatMap((one) => wrap(one, width, '  - '))]),
    ...wrap(versionText(report.data), width, 'Figures : '),
  ];
  return `${lines.join('\n')}\n`;
}

function establishmentLines(one: EstablishmentResult, width: number): readonly string[] {
  const { category } = one;
  const known =
    category.status === 'known'
      ? `catégorie ${category.ids.join(' ou ')} (activité ${number(one.activity ?? 0)})`
      : 'catégorie inconnue';
  const why = category.status === 'known' ? category.note : category.reason;
  return [
    ...wrap(`${one.name === undefined ? '' : `${oneLine(one.name)}, `}FINESS ${one.finess} : ${known}`, width),
    ...(why === undefined ? [] : wrap(why, width, '  ')),
    ...one.windows.flatMap((window) => windowLines(window, width)),
  ];
}

function windowLines(window: WindowResult, width: number): readonly string[] {
  const { prerequisites } = window;
  const told =
    prerequisites.status === 'unknown'
      ? 'non donnés'
      : `${prerequisites.validated ?? 0} sur ${prerequisites.of}, ${PREREQUISITES[prerequisites.status]}`;
  const national = window.indicators.some(({ nationalRate }) => nationalRate !== undefined);
  const table = tableLines(
    [
      { header: 'Indicateur', least: 16 },
      { header: 'Produits', align: 'right' },
      { header: 'Transmis', align: 'right' },
      { header: 'Taux', align: 'right' },
      ...(national ? [{ header: 'National', align: 'right' } as const] : []),
      { header: 'Cible', align: 'right' },
      { header: 'Résultat' },
    ],
    window.indicators.map((each) => [
      `${each.title}${each.bonus ? ' (bonus)' : ''}`,
      number(each.produced),
      number(each.sent),
      percent(each.rate),
      ...(national ? [percent(each.nationalRate)] : []),
      each.target === undefined ? 'inconnue' : `${each.target} %`,
      `${STATUS[each.status]}${each.missing > 0 ? `, il manque ${number(each.missing)}` : ''}`,
    ]),
    width - 4,
  );
  return [
    `  ${window.window}, ${window.title} : forfait payé à ${window.share / 100} %, prérequis ${told}`,
    ...table.map((line) => `    ${line}`),
    ...window.domains.filter(({ counted }) => counted).flatMap((domain) => domainLines(domain, width)),
    ...uncountedLines(
      window.domains.filter(({ counted }) => !counted),
      width,
    ),
    ...(window.acquired === undefined
      ? []
      : wrap(`Acquis, domaines renseignés : ${range(window.acquired)}`, width, '    ')),
  ];
}

function domainLines(domain: DomainResult, width: number): readonly string[] {
  const { lumpSum, prerequisitesShare, targetsShare } = domain;
  const share = (name: string, { status, amount }: DomainResult['targetsShare']): string =>
    amount === undefined ? '' : ` ; ${name} ${range(amount)} (${SHARE[status]})`;
  const money =
    lumpSum === undefined
      ? 'forfait inconnu'
      : `forfait ${range(lumpSum)}${share('au titre des prérequis', prerequisitesShare)}${share('au titre des cibles', targetsShare)}`;
  return [
    ...wrap(`${domain.domain} ${domain.title} : ${DOMAIN[domain.status]}. ${domain.reason}`, width, '    '),
    ...wrap(money, width, '       '),
  ];
}

function uncountedLines(domains: readonly DomainResult[], width: number): readonly string[] {
  if (domains.length === 0) return [];
  const named = domains.map(
    ({ domain, title, lumpSum }) => `${domain} ${title}${lumpSum === undefined ? '' : `, forfait ${range(lumpSum)}`}`,
  );
  return wrap(`Sans compte, donc sans résultat : ${named.join(' ; ')}`, width, '    ');
}

function rowLines({ counts, errors, rows }: SunesReading, notes: readonly string[], width: number): readonly string[] {
  const lines = errors.flatMap(({ code, row, column, header, value, message, remedy }) => {
    const place = [
      ...(row === 0 ? [] : [`ligne ${row}`]),
      ...(column === '' ? [] : [`colonne ${column}${header === '' ? '' : ` « ${header} »`}`]),
    ].join(', ');
    const told = value === '' ? '' : ` (« ${value} »)`;
    return wrap(`${place === '' ? 'fichier' : place}${told} : ${message} ${remedy} [${code}]`, width, '  - ');
  });
  const kept = `${counts.length} ${counts.length > 1 ? 'lignes retenues' : 'ligne retenue'} sur ${rows}`;
  return [
    errors.length === 0 ? kept : `${kept} ; à corriger :`,
    ...lines,
    ...notes.flatMap((note) => wrap(note, width, '  - ')),
  ];
}

/** A character of nobody's: it stands for the spaces at which a line may not be cut. */
const KEPT = '\uE000';

/** Lines cut between words, never within an amount. */
function wrap(text: string, width: number, first = ''): readonly string[] {
  return wrapWords(text.replaceAll(/[\u00A0\u202F]/gu, KEPT), width, first).map((line) =>
    line.replaceAll(KEPT, '\u00A0'),
  );
}

const number = (value: number): string => value.toLocaleString('fr-FR');
const percent = (value: number | undefined): string =>
  value === undefined ? '-' : `${value.toLocaleString('fr-FR', { minimumFractionDigits: 2 })} %`;
const range = ({ minCents, maxCents }: AmountRange): string =>
  minCents === maxCents ? briefEuros(minCents) : `${briefEuros(minCents)} à ${briefEuros(maxCents)}`;
