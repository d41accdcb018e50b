/** Journeys run whole processes, on machines that may be busy: only a hang may end one. */
jest.setTimeout(60_000);
