import type { Me } from '../../../server/approvals/approvals.contract.js';

export const ANA: Me = {
  user: { id: 'user_ana', email: 'ana@acme.example', name: 'Ana' },
  organization: { id: 'org_acme', name: 'Acme GmbH' },
  organizations: [{ id: 'org_acme', name: 'Acme GmbH' }],
  csrfToken: 'session-token',
  isSandbox: false,
};
