import { LitElement } from 'lit';

/** Base of our components: no shadow root, so that one style sheet, one heading order and one label space serve all. */
export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
