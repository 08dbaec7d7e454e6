import type { CdaDocument } from '#formats/cda/index.ts';
import type { Finding } from '#dsr/verdict/index.ts';
import { applyRules } from '../rule/index.ts';
import type { JudgedRule } from '../rule/index.ts';
import { ABSENT, unless } from './breach.ts';
import { N3 } from './vocabulary.ts';

/** Two versions of one document, of the same level. */
export interface CdaVersions {
  readonly former: CdaDocument;
  readonly next: CdaDocument;
}

const SOURCE = 'Structuration minimale : setId, versionNumber et relatedDocument (DOC/va1.30, plusieurs versions)';

export const VERSION_RULES: readonly JudgedRule<CdaVersions>[] = [
  {
    id: 'CDA-VERSION-ID',
    layer: 'business',
    severity: 'error',
    requirements: [N3],
    source: SOURCE,
    title: 'Une nouvelle version est un nouveau document.',
    expected: 'un id que la version précédente n’a pas',
    remedy: 'Donnez à chaque version son propre id.',
    judge: ({ former, next }) =>
      unless(next.id.root !== former.id.root || next.id.extension !== former.id.extension, {
        where: next.id.path,
        received: `${next.id.root}, celui de la version précédente`,
      }),
  },
  {
    id: 'CDA-VERSION-SET',
    layer: 'business',
    severity: 'error',
    requirements: [N3],
    source: SOURCE,
    title: 'Les versions d’un document ont le même setId.',
    expected: 'le setId de la version précédente',
    remedy: 'Gardez le setId d’une version à l’autre : il désigne le document, toutes versions confondues.',
    judge: ({ former, next }) =>
      unless(next.setId?.root === former.setId?.root && next.setId?.extension === former.setId?.extension, {
        where: next.setId?.path ?? `${next.root.path}/setId`,
        received: next.setId?.root ?? ABSENT,
        expected: former.setId?.root ?? ABSENT,
      }),
  },
  {
    id: 'CDA-VERSION-NUMBER',
    layer: 'business',
    severity: 'error',
    requirements: [N3],
    source: SOURCE,
    title: 'Le numéro de version avance.',
    expected: 'un numéro plus grand que celui de la version précédente',
    remedy: 'Ajoutez un au versionNumber à chaque version.',
    judge: ({ former, next }) =>
      unless((next.versionNumber ?? 0) > (former.versionNumber ?? 0), {
        where: `${next.root.path}/versionNumber`,
        received: `version ${next.versionNumber ?? ABSENT}, après la version ${former.versionNumber ?? ABSENT}`,
      }),
  },
  {
    id: 'CDA-VERSION-REPLACES',
    layer: 'business',
    severity: 'error',
    requirements: [N3],
    source: SOURCE,
    title: 'La nouvelle version dit quel document elle remplace.',
    expected: 'relatedDocument RPLC vers l’id de la version précédente',
    remedy: 'Écrivez dans relatedDocument typeCode="RPLC" l’id de la version que celle-ci remplace.',
    judge: ({ former, next }) => {
      const replaced = next.relatedDocuments
        .filter(({ typeCode }) => typeCode === 'RPLC')
        .flatMap(({ parentIds }) => parentIds.map(({ root }) => root));
      return unless(replaced.includes(former.id.root), {
        where: next.relatedDocuments[0]?.path ?? `${next.root.path}/relatedDocument`,
        received: replaced.join(', ') || ABSENT,
        expected: `RPLC vers ${former.id.root}`,
      });
    },
  },
];

/** Judges that a document is the next version of another. Both are also judged alone, by `checkCda`. */
export function checkCdaVersions(former: CdaDocument, next: CdaDocument): readonly Finding[] {
  return applyRules(VERSION_RULES, { former, next });
}
