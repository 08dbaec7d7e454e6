import { EBXML } from '#formats/ebrim/index.ts';
import { child, children, type XmlElement } from '#formats/xml/index.ts';
import type { Report } from '../report/index.ts';
import type { AskingRule } from './asking-rules.ts';
import { isOid } from './identifiers.ts';
import data from './requests.json' with { type: 'json' };

/** One reading (TD3.2, ITI-43). The patient is that of the VIHF alone: nothing here names him. */
export function checkRetrieval(report: Report<AskingRule>, payload: XmlElement): void {
  const requests = children(payload, 'DocumentRequest', EBXML.xdsb);
  if (requests.length === 0) {
    report.add('TD32-REQUEST', {
      where: payload.path,
      received: 'aucun DocumentRequest',
      expected: 'DocumentRequest/{RepositoryUniqueId, DocumentUniqueId}',
      remedy: 'Demandez au moins un document.',
    });
  }
  const seen = new Set<string>();
  for (const request of requests) {
    const part = (name: string): XmlElement | undefined => child(request, name, EBXML.xdsb);
    const repository = part('RepositoryUniqueId');
    const document = part('DocumentUniqueId');
    const community = part('HomeCommunityId');
    const asked = repository?.text.trim() ?? '';
    if (asked !== data.repository) {
      report.add('TD32-REPOSITORY', {
        where: repository?.path ?? request.path,
        received: asked || 'absent',
        expected: data.repository,
        remedy: 'Recopiez repositoryUniqueId de la fiche reçue du DMP (TD3.1).',
      });
    }
    const uniqueId = document?.text.trim() ?? '';
    if (!isOid(uniqueId) || seen.has(uniqueId)) {
      report.add('TD32-REQUEST', {
        where: document?.path ?? request.path,
        received: seen.has(uniqueId) ? `${uniqueId}, déjà demandé` : uniqueId || 'absent',
        expected: 'l’uniqueId d’un document, un OID seul, une fois',
        remedy: 'Recopiez uniqueId de la fiche reçue du DMP (TD3.1) : ni son entryUUID, ni son lid.',
      });
    }
    seen.add(uniqueId);
    const home = community?.text.trim();
    if (community !== undefined && !(home?.startsWith('urn:oid:') === true && isOid(home.slice('urn:oid:'.length)))) {
      report.add('TD32-REQUEST', {
        where: community.path,
        received: home || 'vide',
        expected: 'pas de HomeCommunityId, ou urn:oid: suivi d’un OID',
        remedy: 'Retirez HomeCommunityId, ou recopiez celui de la réponse TD3.1.',
      });
    }
  }
}
