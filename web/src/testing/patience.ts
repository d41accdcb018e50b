import { configure } from '@testing-library/react';

/** Machines may be busy: only a hang may end a test. */
configure({ asyncUtilTimeout: 20_000 });
