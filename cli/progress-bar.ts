import { Presets, SingleBar } from 'cli-progress';

/** A bar on standard error, started: how far, of how much, and what is under way (`update(done, { what })`). */
export function startBar(total: number, done: number, what: string): SingleBar {
  const bar = new SingleBar(
    {
      format: '{bar} {value}/{total} {what}',
      hideCursor: true,
      clearOnComplete: true,
      // Ctrl-C is ours: it must end the work properly, not the bar.
      gracefulExit: false,
      stream: process.stderr,
      linewrap: false,
      barsize: 24,
    },
    Presets.shades_classic,
  );
  bar.start(total, done, { what });
  return bar;
}
