import type { PdfObjects } from './objects.ts';
import type { PdfValue } from './values.ts';
import type { ActiveContent, ActiveContentKind } from './types.ts';

/** Value of `/S` (action type) or `/Subtype` (annotation type) that PDF/A-1 forbids. */
const BY_TYPE: Readonly<Record<string, ActiveContentKind>> = {
  JavaScript: 'javascript',
  Launch: 'launch',
  ImportData: 'form-action',
  ResetForm: 'form-action',
  Movie: 'multimedia',
  Sound: 'multimedia',
  Rendition: 'multimedia',
  RichMedia: 'multimedia',
  RichMediaExecute: 'multimedia',
  Screen: 'multimedia',
  '3D': 'multimedia',
  FileAttachment: 'embedded-file',
};

/** Keys whose mere presence is enough. */
const BY_KEY: Readonly<Record<string, ActiveContentKind>> = {
  JS: 'javascript',
  JavaScript: 'javascript',
  EmbeddedFiles: 'embedded-file',
  EF: 'embedded-file',
  AA: 'additional-action',
};

/** Looks in every object, referenced or not. One line per kind and object. */
export function findActiveContent(objects: PdfObjects): readonly ActiveContent[] {
  const found = new Map<string, ActiveContent>();
  for (const object of objects.byNumber.values()) {
    const note = (kind: ActiveContentKind): void => {
      const name = `${object.number} 0`;
      found.set(`${kind} ${name}`, { kind, object: name });
    };
    visit(object.value, note);
  }
  return [...found.values()];
}

function visit(value: PdfValue, note: (kind: ActiveContentKind) => void): void {
  if (value.kind === 'array') {
    for (const item of value.items) visit(item, note);
    return;
  }
  if (value.kind !== 'dictionary') return;
  for (const [key, inner] of value.entries) {
    const byKey = BY_KEY[key];
    if (byKey) note(byKey);
    if (inner.kind === 'name' && (key === 'S' || key === 'Subtype' || key === 'Type')) {
      const byType = BY_TYPE[inner.name];
      if (byType) note(byType);
      if (inner.name === 'EmbeddedFile') note('embedded-file');
    }
    visit(inner, note);
  }
}
