import { html, type TemplateResult } from 'lit';

interface Drop {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  /** Forms that the picker shows. */
  readonly accept: string;
  readonly template: { readonly href: string; readonly label: string };
  readonly taken: (file: File) => void;
}

/** A file chosen with the browser's own picker, or dropped on the frame around it. */
export function drop({ id, title, hint, accept, template, taken }: Drop): TemplateResult {
  const first = (files: FileList | null | undefined): void => {
    const file = files?.[0];
    if (file) taken(file);
  };
  const over = (event: DragEvent, yes: boolean): void => {
    event.preventDefault();
    (event.currentTarget as HTMLElement).classList.toggle('over', yes);
  };
  return html`<div
    class="drop"
    @dragover=${(event: DragEvent) => over(event, true)}
    @dragleave=${(event: DragEvent) => over(event, false)}
    @drop=${(event: DragEvent) => {
      over(event, false);
      first(event.dataTransfer?.files);
    }}
  >
    <label for=${id}><strong>${title}</strong></label>
    <input
      type="file"
      id=${id}
      accept=${accept}
      aria-describedby=${`${id}-aide`}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        first(input.files);
        // The same file, corrected, may be chosen again.
        input.value = '';
      }}
    />
    <p class="small quiet" id=${`${id}-aide`}>${hint} <a href=${template.href} download>${template.label}</a></p>
  </div>`;
}
