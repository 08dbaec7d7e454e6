import { EBXML, queryForm, readQueryValue } from '#formats/ebrim/index.ts';
import { attribute, child, children, descendants, type XmlElement } from '#formats/xml/index.ts';
import type { Report } from '../report/index.ts';
import data from './queries.json' with { type: 'json' };
import type { RecordRule } from './record-rules.ts';

interface Query {
  readonly name: string;
  readonly parameters: readonly string[];
  /** Whether the filters of the entries are admitted too. */
  readonly filters?: boolean;
  readonly required?: readonly string[];
  /** One of them, and only one. */
  readonly oneOf?: readonly string[];
  readonly single?: readonly string[];
}

const QUERIES = data.queries as Readonly<Record<string, Query>>;
const CODE = /^[^^]+\^[^^]*\^[^^]+$/;
const TIME = /Time(?:From|To)$/;

interface Parameter {
  readonly slot: XmlElement;
  readonly values: readonly string[];
  /** French: what of its writing is wrong. */
  readonly fault: string | undefined;
}

/**
 * Parameters of a stored query: those that it cannot do without, those that it does not know, and how values are written
 * (IHE ITI TF-2a 3.18.4.1.2.3.5). Patient, status and times are judged apart.
 *
 * @param request AdhocQueryRequest
 */
export function checkParameters(report: Report<RecordRule>, request: XmlElement, query: XmlElement): void {
  const known = QUERIES[attribute(query, 'id', '') ?? ''];
  if (known === undefined) return;
  const add = (where: string, received: string, expected: string, remedy: string, weak = false): void =>
    report.add('TD31-PARAMETER', {
      where,
      received: received.slice(0, 300) || 'vide',
      expected,
      remedy,
      ...(weak ? { severity: 'warning' as const } : {}),
    });
  const given = readParameters(query);
  checkReturnType(request, add);
  checkPresence(known, given, query.path, add);
  const admitted = [...known.parameters, ...(known.filters === true ? data.documentFilters : []), ...data.accepted];
  for (const [name, slots] of given) {
    const [first] = slots;
    if (first === undefined) continue;
    if (!admitted.includes(name)) {
      const meant = admitted.find((one) => one.toLowerCase() === name.toLowerCase());
      const expected = meant ?? admitted.join(', ');
      const remedy = `Retirez ${name}, ou corrigez son nom : le DMP ignore un paramètre inconnu, et répond plus large que demandé.`;
      add(`${first.slot.path}/@name`, name, expected, remedy, true);
      continue;
    }
    checkForm(name, slots, add);
    if (!data.otherwiseJudged.includes(name) && !data.accepted.includes(name)) checkValues(known, name, slots, add);
  }
}

type Add = (where: string, received: string, expected: string, remedy: string, weak?: boolean) => void;

function readParameters(query: XmlElement): ReadonlyMap<string, readonly Parameter[]> {
  const given = new Map<string, Parameter[]>();
  for (const slot of children(query, 'Slot', EBXML.rim)) {
    const name = attribute(slot, 'name', '')?.trim() ?? '';
    const list = child(slot, 'ValueList', EBXML.rim);
    const read = (list === undefined ? [] : children(list, 'Value', EBXML.rim)).map(({ text }) =>
      readQueryValue(text, queryForm(name)),
    );
    const values = read.flatMap((one) => one.values);
    const fault = read.length === 0 ? 'vide' : read.find((one) => one.fault !== undefined)?.fault;
    const parameter = { slot, values, fault };
    given.set(name, [...(given.get(name) ?? []), parameter]);
  }
  return given;
}

function checkReturnType(request: XmlElement, add: Add): void {
  const option = descendants(request, 'ResponseOption', EBXML.query)[0];
  const type = option && attribute(option, 'returnType', '');
  if (type === undefined || data.returnTypes.includes(type)) return;
  const remedy = 'Demandez LeafClass pour des fiches entières, ObjectRef pour des références.';
  add(`${option?.path ?? request.path}/@returnType`, type, data.returnTypes.join(' ou '), remedy);
}

function checkPresence(query: Query, given: ReadonlyMap<string, readonly Parameter[]>, path: string, add: Add): void {
  const isGiven = (name: string): boolean => given.get(name)?.some(({ values }) => values.some(Boolean)) === true;
  for (const name of query.required ?? []) {
    if (isGiven(name)) continue;
    const where = given.get(name)?.[0]?.slot.path ?? path;
    add(where, `${name} absent ou vide`, name, `${query.name} ne se fait pas sans ${name}.`);
  }
  const { oneOf } = query;
  if (oneOf === undefined) return;
  const found = oneOf.filter(isGiven);
  if (found.length === 1) return;
  const received = found.length === 0 ? 'aucun identifiant de document' : found.join(' et ');
  add(path, received, `un de ${oneOf.join(', ')}, et un seul`, 'Désignez les documents, d’une seule façon.');
}

/** How values are written; patient, status and times say more of it in their own rules. */
function checkForm(name: string, slots: readonly Parameter[], add: Add): void {
  const { list, number, anded } = queryForm(name) ?? {};
  const [first, second] = slots;
  if (second !== undefined && anded !== true) {
    const expected = 'un seul Slot, dont la liste porte toutes les valeurs (OU)';
    add(
      second.slot.path,
      `${name} dans ${slots.length} Slot`,
      expected,
      `Réunissez les valeurs de ${name} dans un seul Slot.`,
      true,
    );
  }
  if (data.otherwiseJudged.includes(name) || TIME.test(name)) return;
  const astray = slots.find(({ fault }) => fault !== undefined);
  if (astray === undefined || first === undefined) return;
  const expected =
    number === true
      ? 'un nombre, sans apostrophes'
      : list === true
        ? "des textes entre apostrophes, séparés par des virgules, entre parenthèses : ('…','…')"
        : "un texte entre apostrophes, sans parenthèses : '…'";
  const received = `${astray.slot.text.trim().slice(0, 200)} (${astray.fault})`;
  add(
    astray.slot.path,
    received,
    expected,
    `Écrivez ainsi chaque Value de ${name} ; une apostrophe du texte est doublée.`,
  );
}

function checkValues(query: Query, name: string, slots: readonly Parameter[], add: Add): void {
  const values = slots.flatMap((one) => one.values);
  const [first] = slots;
  const place = first?.slot.path ?? '';
  const single = TIME.test(name) || query.single?.includes(name) === true;
  if (single && values.length > 1) {
    add(place, values.join(', '), 'une seule valeur', `Ne donnez qu’une valeur à ${name}.`);
    return;
  }
  // What a time says is judged apart.
  if (TIME.test(name) || slots.some(({ fault }) => fault !== undefined)) return;
  const isCode = data.codes.includes(name);
  const wrong = isCode
    ? values.find((value) => !CODE.test(value))
    : data.references.includes(name)
      ? values.find((value) => !/^[^^]+\^/.test(value))
      : undefined;
  if (wrong === undefined) return;
  const expected = isCode ? "'code^^système', le système étant un OID" : "'id^^^&OID&ISO^type', un identifiant CXi";
  add(place, wrong, expected, `Donnez à chaque valeur de ${name} son système.`);
}
