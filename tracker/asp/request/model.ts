import { minus } from '#dsr/money/index.ts';
import type { Case } from '../judge/index.ts';
import type { Model, Row, Scalar } from '../layout/index.ts';

/** Which request a case becomes. */
export interface Identity {
  readonly id: string;
  readonly rank: number;
  /** ASP number of the advance that it amends. */
  readonly amendsReference?: string;
}

/** The request as mappings see it (`layout/vocabulary.json`); what is not known is left out. */
export function modelOf(given: Case, { id, rank, amendsReference }: Identity): Model {
  const { order, vendor, product, total, requested, advance, kind, regulation } = given;
  const { client, acceptance, invoice } = order;
  const ceiling = regulation.ceiling(order.couloir, order.wave, order.sites.length);
  const paid = kind === 'solde' && advance !== undefined ? advance : undefined;

  return {
    values: row({
      'request.id': id,
      'request.kind': rank === 1 ? 'initial' : 'avenant',
      'request.rank': rank,
      'request.preparedOn': given.today,
      'request.amendsReference': amendsReference,
      'request.advanceReference': paid?.aspReference,
      'programme.couloir': order.couloir,
      'programme.wave': order.wave,
      'programme.dsrCode': product?.dsrCode,
      'supplier.siret': vendor.siret,
      'supplier.name': vendor.name,
      'product.name': order.product.name,
      'product.version': order.product.version,
      'product.ansReference': product?.ansReference,
      'product.referencedOn': product?.referencedOn,
      'product.fileSentOn': product?.sentOn,
      'product.fileDeemedCompleteOn': product?.deemedCompleteOn,
      'client.name': client.name,
      'client.siret': client.siret,
      'client.finess': client.finess,
      'client.rpps': client.rpps,
      'instance.id': order.instance,
      'instance.siteCount': order.sites.length,
      'order.number': order.number,
      'order.signedOn': order.signedOn,
      'order.signature': order.signature,
      'order.conditional': order.conditionalMention,
      'order.stateMention': order.stateMention,
      'order.amendment': amendmentTold(given)?.number,
      band: ceiling.status === 'known' ? ceiling.band : undefined,
      'ceiling.ht': ceiling.status === 'known' ? ceiling.ceilingHt : undefined,
      'amounts.ht': total.ht,
      'amounts.ttc': total.ttc,
      'amounts.vat': minus(total.ttc, total.ht),
      'amounts.vatRate': total.vatRate,
      'requested.share': requested.share,
      'requested.ht': requested.ht,
      'requested.ttc': requested.ttc,
      'advance.ht': paid && minus(total.ht, requested.ht),
      'advance.ttc': paid && minus(total.ttc, requested.ttc),
      'invoice.number': invoice?.number,
      'invoice.issuedOn': invoice?.issuedOn,
      'invoice.ht': invoice?.amounts.ht,
      'invoice.ttc': invoice?.amounts.ttc,
      'acceptance.kind': acceptance?.kind,
      'acceptance.signedOn': acceptance?.signedOn,
      'acceptance.serviceDoneOn': acceptance?.serviceDoneOn,
      'acceptance.reserves': acceptance?.reserves,
      'acceptance.mssanteAddress': acceptance?.mssanteAddress,
      mssDeployment: order.mssDeployment ?? acceptance?.mssDeployment,
    }),
    lists: new Map([
      ['instance.sites', order.sites.map(({ finess, name }) => row({ finess, name }))],
      [
        'attachments',
        given.pieces.map(({ attachment, fileName, reading }) =>
          row({
            kind: attachment.kind,
            fileName,
            signed: attachment.signed,
            ...(reading.ok ? { sha256: reading.sha256, bytes: reading.bytes } : {}),
          }),
        ),
      ],
    ]),
  };
}

/** The amendment that a request is about: the one asked for, or the last that the balance takes into account. */
function amendmentTold({ kind, amendment, order }: Case): Case['amendment'] {
  if (kind === 'avance') return amendment;
  return order.amendments.findLast(({ status }) => status === 'decidee-et-payee');
}

/** Empty texts are no value: a layout that wants one must say so. */
function row(values: Readonly<Record<string, Scalar | undefined>>): Row {
  const known = new Map<string, Scalar>();
  for (const [path, value] of Object.entries(values)) {
    if (value !== undefined && value !== '') known.set(path, value);
  }
  return known;
}
