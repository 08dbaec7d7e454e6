import { hash } from 'node:crypto';
import type { Attachment, Order, Vendor } from '../../orders/types.ts';
import { Claims, judgeFormer } from '../claims.ts';
import { DEFAULT_LIMITS, isCarried, judge, type CarriedPiece, type Case, type Limits } from '../judge/index.ts';
import type { Layout, Miss } from '../layout/index.ts';
import { noteAdvance, noteAmendments, noteCompletion, type Note } from '../notes.ts';
import type { PieceReading, Regulation } from '../ports.ts';
import { inOrder, reasonOf, type Reason, type Refused } from '../reasons/index.ts';
import { mayBeRemade, prepared, remade } from '../status.ts';
import type { Deposit, PaymentRequest, RequestKind, StatusChange } from '../types.ts';
import { buildZip, checkZip, safeNames } from '../zip/index.ts';
import { caseOf } from './case.ts';
import { modelOf, type Identity } from './model.ts';
import { fileNames, requestId } from './names.ts';

/** The file behind an attachment: its bytes, or why it cannot be had (French). */
export type PieceBytes =
  | { readonly ok: true; readonly content: Uint8Array }
  /** Larger than allowed: its size is enough to refuse it. */
  | { readonly ok: true; readonly content: undefined; readonly bytes: number }
  /** `outside`: it is not among the pieces, and was not opened. */
  | { readonly ok: false; readonly detail: string; readonly outside?: true };

export interface PreparationInput {
  readonly kind: RequestKind;
  readonly vendor: Vendor;
  readonly regulation: Regulation;
  readonly layout: Layout;
  /** Requests remembered; made ones are added to what they hold. */
  readonly requests: Iterable<PaymentRequest>;
  readonly by: string;
  /** Reads the file of an attachment, at most `maxBytes` of it. */
  readonly readPiece: (attachment: Attachment, maxBytes: number) => PieceBytes | Promise<PieceBytes>;
  /** Orders known to be wrong in another way: they are refused even without a reason, and hold nothing. */
  readonly faulty?: ReadonlySet<Order>;
}

/** Something that is not known, and that therefore nobody judged. */
export type Unjudged = 'ceiling' | 'deadline';

/** Both files of one request, ready to be written. */
export interface PreparedRequest {
  readonly order: string;
  readonly request: PaymentRequest;
  readonly json: { readonly name: string; readonly text: string };
  readonly zip: { readonly name: string; readonly content: Uint8Array };
  readonly unjudged: readonly Unjudged[];
  readonly notes: readonly Note[];
}

export type Prepared =
  | { readonly ok: true; readonly prepared: PreparedRequest }
  | { readonly ok: false; readonly given: Order; readonly refused: Refused };

/**
 * Makes the requests of a batch, one order at a time: an order that may not be asked for is refused with every reason,
 * and the others go on. First come, first held: a site or an instance goes to the first healthy order that names it.
 */
export async function* prepareRequests(
  input: PreparationInput,
  orders: Iterable<Order> | AsyncIterable<Order>,
): AsyncGenerator<Prepared> {
  const claims = new Claims(input.requests);
  const limits: Limits = { ...DEFAULT_LIMITS, ...input.layout.limits };
  for await (const order of orders) yield await prepareOne(input, order, claims, limits);
}

async function prepareOne(input: PreparationInput, order: Order, claims: Claims, limits: Limits): Promise<Prepared> {
  const { kind, layout, vendor, regulation } = input;
  const { pieces, contents } = await readPieces(input, order, limits);
  const given = caseOf({ kind, order, vendor, regulation, claims, pieces, limits });
  const identity = identityOf(given);
  const reasons: Reason[] = [
    ...(claims.seen(order.number)
      ? [reasonOf('ASP_ORDER_TWICE', order.number, 'number', { number: order.number })]
      : []),
    ...claims.judgeSites(order, regulation),
    ...judgeFormer(order, given.former, given.amendment !== undefined),
    ...judge(given),
  ];
  const { document, misses } = layout.build(modelOf(given, identity));
  const told = new Set<string>(reasons.map(({ code }) => code));
  reasons.push(
    ...misses
      .filter(({ word }) => !word.saidBy?.some((code) => told.has(code)))
      .map((miss) => missing(given, identity, miss)),
  );
  // A document with holes breaks its schema where the reasons above say why.
  if (reasons.length === 0) {
    for (const { where, detail } of layout.check(document)) {
      reasons.push(reasonOf('ASP_LAYOUT_SCHEMA', order.number, where, { place: where, detail }));
    }
  }
  if (reasons.length > 0 || input.faulty?.has(order) === true) {
    return { ok: false, given: order, refused: { order: order.number, reasons: inOrder(reasons) } };
  }
  const done = await write(input, given, identity, document, contents);
  claims.add(done.request);
  return { ok: true, prepared: done };
}

interface ReadPieces {
  readonly pieces: readonly CarriedPiece[];
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

async function readPieces({ kind, readPiece }: PreparationInput, order: Order, limits: Limits): Promise<ReadPieces> {
  const carried = [...order.attachments.entries()].filter(([, attachment]) => isCarried(kind, attachment.kind));
  const names = safeNames(carried.map(([, { path }]) => path));
  const contents = new Map<string, Uint8Array>();
  const pieces: CarriedPiece[] = [];
  for (const [rank, [index, attachment]] of carried.entries()) {
    const fileName = names[rank] ?? '';
    const read = await readPiece(attachment, limits.pieceBytes);
    if (read.ok && read.content !== undefined) contents.set(fileName, read.content);
    pieces.push({ attachment, index, fileName, reading: readingOf(read) });
  }
  return { pieces, contents };
}

function readingOf(read: PieceBytes): PieceReading {
  if (!read.ok) return read;
  if (read.content === undefined) return { ok: true, bytes: read.bytes, sha256: '' };
  return { ok: true, bytes: read.content.length, sha256: sha256(read.content) };
}

/** Which request this is: the first one, the same made again, or an amendment of what the ASP holds. */
function identityOf({
  kind,
  order,
  product,
  former,
  amendment,
  amended,
}: Case): Identity & { readonly amends?: string } {
  const idOf = (rank: number): string => requestId(kind, product?.dsrCode ?? order.couloir, order.instance, rank);
  if (former === undefined) return { id: idOf(1), rank: 1 };
  const before = former.rank ?? 1;
  if (amendment === undefined || mayBeRemade(former)) {
    return { id: idOf(before), rank: before, ...amendsOf(amended) };
  }
  return { id: idOf(before + 1), rank: before + 1, ...amendsOf(former) };
}

function amendsOf(request: PaymentRequest | undefined): {
  readonly amends?: string;
  readonly amendsReference?: string;
} {
  if (request === undefined) return {};
  const { id, aspReference } = request;
  return { amends: id, ...(aspReference === undefined ? {} : { amendsReference: aspReference }) };
}

function missing(
  { order, advance }: Case,
  { id, amends }: Identity & { readonly amends?: string },
  { path, word, where, value }: Miss,
): Reason {
  const { label } = word;
  // Whose number is missing: the request that the layout refers to.
  const request = (path === 'request.amendsReference' ? amends : advance?.id) ?? id;
  const way = word.way.replaceAll('{request}', request);
  return value === undefined
    ? reasonOf('ASP_LAYOUT_VALUE', order.number, where, { label, place: where, way })
    : reasonOf('ASP_LAYOUT_UNMAPPED', order.number, where, { label, place: where, value });
}

async function write(
  { layout, by }: PreparationInput,
  given: Case,
  identity: Identity & { readonly amends?: string },
  document: unknown,
  contents: ReadonlyMap<string, Uint8Array>,
): Promise<PreparedRequest> {
  const { order, kind, product, requested, total, former, amendment, regulation } = given;
  const { id, rank, amends } = identity;
  const names = fileNames(id, layout.proposed);
  const text = `${JSON.stringify(document, null, 2)}\n`;
  const zip = await buildZip([...contents].map(([name, content]) => ({ name, content })));
  checkOwn(given, contents);
  const at: Omit<StatusChange, 'status'> = { at: regulation.now.toISOString(), by };
  const again = former?.id === id ? former : undefined;
  const deposit = (before: Deposit | undefined, file: string, bytes: string | Uint8Array): Deposit => {
    const now = prepared(file, sha256(bytes), at);
    return before === undefined ? now : remade(before, now);
  };
  const { name, version, proposed } = layout;
  const request: PaymentRequest = {
    id,
    kind,
    order: order.number,
    requested: requested.ttc,
    layout: { name, version, proposed },
    json: deposit(again?.json, names.json, text),
    zip: deposit(again?.zip, names.zip, zip),
    ...(again?.aspReference === undefined ? {} : { aspReference: again.aspReference }),
    ...(amends === undefined ? {} : { amends }),
    ...(amendment === undefined ? {} : { amendment: amendment.number }),
    rank,
    instance: order.instance,
    dsrCode: product?.dsrCode ?? order.couloir,
    couloir: order.couloir,
    wave: order.wave,
    sites: order.sites.map(({ finess }) => finess),
    requestedHt: requested.ht,
    total,
  };
  const { couloir, wave, sites } = order;
  const unjudged: Unjudged[] = [];
  if (regulation.ceiling(couloir, wave, sites.length).status === 'unknown') unjudged.push('ceiling');
  if (regulation.deadline(couloir, wave, kind) === undefined) unjudged.push('deadline');
  return {
    order: order.number,
    request,
    json: { name: names.json, text },
    zip: { name: names.zip, content: zip },
    unjudged,
    notes: notesOf(given),
  };
}

/** What is unusual in a request, and hinders nothing. */
function notesOf({ kind, order, total, advance, former, amendment, regulation }: Case): readonly Note[] {
  const { couloir, wave, sites } = order;
  if (kind === 'avance') return amendment === undefined ? noteAmendments(order) : [];
  const completion = regulation.completion(couloir, wave);
  return [
    ...(advance === undefined
      ? []
      : noteAdvance(advance.requested, total, regulation.advanceShare(couloir, wave, sites.length))),
    ...noteCompletion({ order, completion, now: regulation.now, ...(former === undefined ? {} : { former }) }),
  ];
}

/** What goes in the zip is what the request announces; anything else would be our own fault. */
function checkOwn({ pieces, limits }: Case, contents: ReadonlyMap<string, Uint8Array>): void {
  const announced = pieces.map(({ fileName, reading }) => ({
    name: fileName,
    sha256: reading.ok ? reading.sha256 : '',
  }));
  const held = [...contents].map(([name, content]) => ({ name, bytes: content.length, sha256: sha256(content) }));
  const [problem] = checkZip(held, announced, limits);
  if (problem !== undefined) throw new Error(`${problem.code} ${problem.name}`);
}

function sha256(bytes: string | Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}
