/** The tracker of the bench, in a process of its own: who asks does not share its event loop. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openTracker, type Tracker, type TrackerPlace } from '#tracker/store/index.ts';
import { serveTracker } from '#tracker/api/index.ts';

/** What the process is given, as JSON, on its command line. */
export interface ServerOrder {
  readonly place: TrackerPlace;
  readonly uiDir: string;
  /** Whether answers and boards of before may be given again. */
  readonly remembers: boolean;
}

/** Sent once it listens. */
export interface ServerReady {
  readonly url: string;
}

/** Sent when it is asked `figures`: since it was last asked. */
export interface ServerFigures {
  /** Bytes, most at once since the start. */
  readonly peakRss: number;
  /** Share of one core. */
  readonly cpu: number;
  /** Longest that a call waited for the event loop, milliseconds. */
  readonly stallMs: number;
}

/** Every answer is made again: to a server that remembers nothing, something always changed. */
function forgetful(tracker: Tracker): Tracker {
  let change = 0;
  return {
    ...tracker,
    async lastChange(campaign) {
      await tracker.lastChange(campaign);
      change += 1;
      return change;
    },
  };
}

const { place, uiDir, remembers } = JSON.parse(process.argv[2] ?? '{}') as ServerOrder;
const stored = await openTracker(place);
const tracker = remembers ? stored : forgetful(stored);
const server = await serveTracker({ tracker, dataDir: place.dataDir, uiDir, port: 0, version: 'banc' });
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
let cpu = process.cpuUsage();
let since = performance.now();
process.on('message', (message) => {
  if (message !== 'figures') return;
  const { user, system } = process.cpuUsage(cpu);
  const figures: ServerFigures = {
    peakRss: process.resourceUsage().maxRSS * 1024,
    cpu: (user + system) / 1000 / (performance.now() - since),
    stallMs: delay.max / 1e6,
  };
  cpu = process.cpuUsage();
  since = performance.now();
  delay.reset();
  process.send?.(figures);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ url: server.url } satisfies ServerReady);
