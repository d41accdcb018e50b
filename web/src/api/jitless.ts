import * as z from 'zod/mini';

/** Imported before anything that has a schema: zod's probe of `new Function` would be a report under our policy. */
z.config({ jitless: true });
