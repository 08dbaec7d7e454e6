import type { Evidence } from '#evidence/intake/index.ts';
import type { Filing, StoredEvidence } from '../../store/index.ts';
import type { AlarmView, EvidenceView, FilingView } from '../evidence-types.ts';
import { isShownAsText } from '../pieces/media.ts';

export function evidenceView({ evidence, wanted, filings, revision }: StoredEvidence): EvidenceView {
  const { id, shared, original } = evidence;
  const { name, version, build } = evidence.product;
  return {
    id,
    name: evidence.name,
    mediaType: evidence.mediaType,
    caption: evidence.caption,
    datedOn: evidence.datedOn ?? null,
    product: { name, version, ...(build === undefined ? {} : { build }) },
    operator: evidence.operator,
    addedAt: evidence.addedAt,
    held: shared === undefined,
    size: (shared ?? original).size,
    sha256: shared?.sha256 ?? null,
    originalSha256: original.sha256,
    masked: shared !== undefined && shared.sha256 !== original.sha256,
    text: isShownAsText(evidence.mediaType),
    wanted: wanted.map(({ slot }) => slot),
    filings: filings.map(filingView),
    alarms: alarmViews(evidence),
    notLookedInto: evidence.guard.notLookedInto,
    masks: evidence.guard.masks,
    revision,
    url: shared === undefined ? null : `/api/evidence/${id}/content`,
    originalUrl: evidence.originalElsewhere ? null : `/api/evidence/${id}/original`,
  };
}

function filingView({ campaign, slot, author, at, references, stillHolds }: Filing): FilingView {
  return { campaign, slot, author, at, references, stillHolds: stillHolds ?? null };
}

function alarmViews({ guard }: Evidence): readonly AlarmView[] {
  const declared = new Map(guard.falseAlarms.map((one) => [one.alarm, one]));
  return guard.alarms.map(({ id, code, where, line, column, message, maskable }) => {
    const said = declared.get(id);
    return {
      id,
      code,
      where,
      line: line ?? null,
      column: column ?? null,
      message,
      maskable,
      declared: said === undefined ? null : { reason: said.reason, by: said.by, at: said.at },
    };
  });
}
