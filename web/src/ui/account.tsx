import { createContext, useContext } from 'react';
import type { Me } from '../../../server/approvals/approvals.contract.js';

/** Who is signed in; `null`: nobody, as far as the page knows. */
export const AccountContext = createContext<Me | null>(null);

export function useAccount(): Me | null {
  return useContext(AccountContext);
}
