import { escapeXml, type XmlElement } from '#formats/xml/index.ts';
import type { RegistryEntry, StoredAssociation, StoredSet } from '../registry.ts';
import { OIDS, RIM, STATUSES } from '../vocabulary.ts';

/** Children that come back; the version is the server's. */
const WRITTEN: ReadonlySet<string> = new Set(['Slot', 'Name', 'Description', 'Classification', 'ExternalIdentifier']);
/** Slots that the server writes itself. */
const OWN_SLOTS: ReadonlySet<string> = new Set(['hash', 'size', 'repositoryUniqueId']);
/** Attributes that name the object they belong to: the symbolic id of the message becomes the entryUUID. */
const BACK_REFERENCES: ReadonlySet<string> = new Set(['classifiedObject', 'registryObject']);

/**
 * Writes an entry as the registry returns it: metadata as submitted, with the identifiers, status and slots of the
 * server. The `rim` prefix is declared by the caller. Source: protocols.md §2.6.
 */
export function renderEntry({ source, document }: RegistryEntry): string {
  const written = partsOf(source, document.entryUUID);
  const own = { hash: document.hash, size: String(document.size), repositoryUniqueId: OIDS.repository };
  const slots = Object.entries(own)
    .map(
      ([name, value]) =>
        `<rim:Slot name="${name}"><rim:ValueList><rim:Value>${value}</rim:Value></rim:ValueList></rim:Slot>`,
    )
    .join('');
  const objectType = source.attributes.find(({ name }) => name.local === 'objectType')?.value ?? '';
  return (
    `<rim:ExtrinsicObject id="${document.entryUUID}" lid="${document.lid}" status="${STATUSES[document.status]}" isOpaque="false"` +
    ` mimeType="${escapeXml(document.mimeType)}" objectType="${escapeXml(objectType)}">` +
    `${written('Slot')}${slots}${written('Name')}${written('Description')}<rim:VersionInfo versionName="${document.metadataVersion}"/>` +
    `${written('Classification')}${written('ExternalIdentifier')}</rim:ExtrinsicObject>`
  );
}

/** Writes a submission set as it was submitted, under the UUID that the registry gave it. */
export function renderSet({ source, uuid }: StoredSet): string {
  const written = partsOf(source, uuid);
  return (
    `<rim:RegistryPackage id="${uuid}" lid="${uuid}" status="${STATUSES.Approved}">` +
    `${written('Slot')}${written('Name')}${written('Description')}<rim:VersionInfo versionName="1"/>` +
    `${written('Classification')}${written('ExternalIdentifier')}</rim:RegistryPackage>`
  );
}

/** Writes an association between objects of the registry. */
export function renderAssociation({ uuid, type, source, target, slots }: StoredAssociation): string {
  const written = [...slots]
    .map(
      ([name, values]) =>
        `<rim:Slot name="${escapeXml(name)}"><rim:ValueList>${values.map((value) => `<rim:Value>${escapeXml(value)}</rim:Value>`).join('')}</rim:ValueList></rim:Slot>`,
    )
    .join('');
  return (
    `<rim:Association id="${uuid}" lid="${uuid}" status="${STATUSES.Approved}" associationType="${escapeXml(type)}"` +
    ` sourceObject="${escapeXml(source)}" targetObject="${escapeXml(target)}">${written}<rim:VersionInfo versionName="1"/></rim:Association>`
  );
}

/** Children of one name, as submitted, in the order of the schema. */
function partsOf(source: XmlElement, uuid: string): (local: string) => string {
  const kept = source.children
    .filter((node) => node.kind === 'element')
    .filter((element) => element.name.namespace === RIM && WRITTEN.has(element.name.local))
    .filter((element) => !OWN_SLOTS.has(slotName(element)));
  return (local) =>
    kept
      .filter((element) => element.name.local === local)
      .map((element) => render(element, uuid))
      .join('');
}

function slotName(element: XmlElement): string {
  const name = element.attributes.find((attribute) => attribute.name.local === 'name')?.value ?? '';
  return element.name.local === 'Slot' ? name : '';
}

/** RIM elements only; `xml:lang` is the one attribute of another namespace that metadata carries. */
function render(element: XmlElement, entryUuid: string): string {
  const attributes = element.attributes
    .filter(({ name }) => name.namespace === '' || name.prefix === 'xml')
    .map(({ name, value }) => {
      const shown = BACK_REFERENCES.has(name.local) ? entryUuid : value;
      return ` ${name.prefix === 'xml' ? `xml:${name.local}` : name.local}="${escapeXml(shown)}"`;
    })
    .join('');
  const children = element.children
    .map((node) =>
      node.kind === 'text' ? escapeXml(node.value.trim()) : node.name.namespace === RIM ? render(node, entryUuid) : '',
    )
    .join('');
  return `<rim:${element.name.local}${attributes}>${children}</rim:${element.name.local}>`;
}
