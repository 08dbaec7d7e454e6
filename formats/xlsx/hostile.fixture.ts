/** Run in a process of its own: reads the workbook named on the command line and prints what came of it, and at what cost. */
import { readFileSync } from 'node:fs';

import { readWorkbook } from './index.ts';

const reading = await readWorkbook(readFileSync(process.argv[2] ?? ''));
process.stdout.write(
  JSON.stringify({
    code: reading.ok ? 'no fault' : reading.fault.code,
    message: reading.ok ? '' : reading.fault.message,
    cells: reading.ok ? reading.sheets.reduce((sum, { rows }) => sum + rows.length * (rows[0]?.length ?? 0), 0) : 0,
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
