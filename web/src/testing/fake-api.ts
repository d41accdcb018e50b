import type { Api } from '../api/api.js';
import { ApiError } from '../api/http.js';

export { ANA } from './ana.js';

function unprepared(name: string) {
  return (): never => {
    throw new Error(`The test did not prepare ${name}.`);
  };
}

type Parts = {
  readonly [Room in keyof Api]?: Api[Room] extends (...args: never[]) => unknown ? Api[Room] : Partial<Api[Room]>;
};

/** An API whose every call fails, but for those that the test gives. */
export function fakeApi(parts: Parts): Api {
  return {
    approvals: { read: unprepared('approvals.read'), decide: unprepared('approvals.decide'), ...parts.approvals },
    account: { me: unprepared('me'), site: unprepared('site'), signOut: unprepared('signOut'), ...parts.account },
    grants: {
      list: unprepared('grants.list'),
      choices: unprepared('grants.choices'),
      revoke: unprepared('grants.revoke'),
      ...parts.grants,
    },
    integrations: {
      list: unprepared('integrations.list'),
      connect: unprepared('integrations.connect'),
      disconnect: unprepared('integrations.disconnect'),
      ...parts.integrations,
    },
    goTo: parts.goTo ?? unprepared('goTo'),
  };
}

/** An answer that never comes, like a long poll while nothing happens. */
export function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

export function refusal(status: number, code: string, more: object = {}): ApiError {
  const problem = { type: 'about:blank', title: code, status, code, detail: `Detail of ${code}.`, ...more };
  return new ApiError({ kind: 'problem', problem });
}
