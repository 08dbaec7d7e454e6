import { instanceKey } from '#dsr/instance/index.ts';
import type { Breach } from '../../rule/index.ts';
import { readDsr } from '../dsr.ts';
import { readLines, stateLines } from '../lines.ts';
import type { RuleId } from '../rules.ts';
import type { QuoteDocument, QuoteSubject } from '../types.ts';
import { KINDS } from '../vocabulary.ts';

/** A breach of a rule that several documents break together, put on the later one. */
export interface SharedBreach {
  readonly index: number;
  readonly rule: RuleId;
  readonly breach: Breach;
}

/** DSR that a document asks for, each as `SGL 1`. */
function dsrOf(document: QuoteDocument): readonly string[] {
  const named = stateLines(readLines(document)).flatMap(({ dsr }) => dsr);
  const own = document.couloir === undefined ? [] : [{ wave: document.wave ?? '1', ...readDsr(document.couloir) }];
  return [...new Set([...named, ...own].map(({ couloir, wave }) => `${couloir} ${wave}`))];
}

const nameOf = ({ kind, number }: QuoteDocument): string =>
  `${KINDS[kind].title}${number === undefined ? '' : ` ${number}`}`;

/** Q13 and Q14: what only shows when documents are read together. */
export function judgeTogether(subjects: readonly QuoteSubject[]): readonly SharedBreach[] {
  const requests = new Map<string, QuoteDocument>();
  const counted = new Map<string, { readonly document: QuoteDocument; readonly instance: string }>();
  return subjects.flatMap(({ document, locate = (path) => path }, index) => {
    const { instance, sites = [] } = document;
    if (instance === undefined) return [];
    return dsrOf(document).flatMap((dsr): readonly SharedBreach[] => {
      const request = `${document.kind}|${instanceKey(instance)}|${dsr}`;
      const first = requests.get(request);
      requests.set(request, first ?? document);
      const twice: readonly SharedBreach[] =
        first === undefined
          ? []
          : [
              {
                index,
                rule: 'QUOTE-ONE-REQUEST',
                breach: {
                  where: locate('/instance'),
                  received: `${nameOf(document)} : instance ${instance}, DSR ${dsr}, déjà dans ${nameOf(first)}`,
                },
              },
            ];
      return [
        ...twice,
        ...sites.flatMap((site, rank): readonly SharedBreach[] => {
          const key = `${dsr}|${site}`;
          const before = counted.get(key);
          counted.set(key, before ?? { document, instance });
          if (before === undefined || instanceKey(before.instance) === instanceKey(instance)) return [];
          return [
            {
              index,
              rule: 'QUOTE-SITE-ONCE',
              breach: {
                where: locate(`/sites/${rank}`),
                received: `site ${site} : instance ${instance}, déjà compté dans l’instance ${before.instance} (${nameOf(before.document)}), DSR ${dsr}`,
              },
            },
          ];
        }),
      ];
    });
  });
}
