export { findBrowser } from './find-browser.ts';
export { showInBrowser } from './show.ts';
export { BrowserMissing, type Displayed, type FoundBrowser, type ShownFile } from './types.ts';
