/** Machines may be busy and start cold, and journeys run whole processes: only a hang may end a test. */
jest.setTimeout(60_000);
