import { defineProvider } from '../define-provider.js';
import { type Rule, read, write } from '../rest.js';

const BASE = 'https://api.xero.com/api.xro/2.0';

/** Xero's products, each with its own version. */
const PRODUCTS = [
  '/api.xro/2.0',
  '/assets.xro/1.0',
  '/files.xro/1.0',
  '/projects.xro/2.0',
  '/payroll.xro/1.0',
  '/payroll.xro/2.0',
  '/bankfeeds.xro/1.0',
  '/finance.xro/1.0',
  '/appstore/2.0',
];

/** Collections of the accounting API that follow one scheme: PUT creates, POST creates or updates. */
const COLLECTIONS = [
  ['Accounts', 'accounts', 'account'],
  ['BankTransactions', 'bank transactions', 'bank transaction'],
  ['BankTransfers', 'bank transfers', 'bank transfer'],
  ['BatchPayments', 'batch payments', 'batch payment'],
  ['ContactGroups', 'contact groups', 'contact group'],
  ['Contacts', 'contacts', 'contact'],
  ['CreditNotes', 'credit notes', 'credit note'],
  ['Employees', 'employees', 'employee'],
  ['Invoices', 'invoices', 'invoice'],
  ['Items', 'items', 'item'],
  ['LinkedTransactions', 'linked transactions', 'linked transaction'],
  ['ManualJournals', 'manual journals', 'manual journal'],
  ['Payments', 'payments', 'payment'],
  ['PurchaseOrders', 'purchase orders', 'purchase order'],
  ['Quotes', 'quotes', 'quote'],
  ['Receipts', 'receipts', 'receipt'],
  ['RepeatingInvoices', 'repeating invoices', 'repeating invoice'],
  ['TaxRates', 'tax rates', 'tax rate'],
  ['TrackingCategories', 'tracking categories', 'tracking category'],
] as const;

function rulesOf([path, things, thing]: readonly [path: string, things: string, thing: string]): readonly Rule[] {
  const all = `/api.xro/2.0/${path}`;
  return [
    read('GET', all, `List ${things}`),
    read('GET', `${all}/{id}`, `Read one of the ${things}`),
    write('PUT', all, `Create ${things}`, { because: 'PUT creates here' }),
    write('POST', all, `Create or update ${things}`),
    write('POST', `${all}/{id}`, `Update a ${thing}`),
    write('DELETE', `${all}/{id}`, `Delete a ${thing}`),
    write('PUT', `${all}/{id}/History`, `Add a note to the history of a ${thing}`),
    write('POST', `${all}/{id}/Attachments/{fileName}`, `Replace a file of a ${thing}`),
    write('PUT', `${all}/{id}/Attachments/{fileName}`, `Attach a file to a ${thing}`),
  ];
}

/**
 * Paths from Xero's specifications and its Node client. GET only reads, every other method writes: PUT creates, POST updates, no
 * POST searches. The slug is a guess; tokens are made at another host.
 */
export const xero = defineProvider({
  id: 'xero',
  name: 'Xero',
  hosts: ['api.xero.com'],
  paths: ['/connections', '/connections/{connectionId}', '/Connections', ...PRODUCTS.map((base) => `${base}/**`)],
  neverCallable: ['/oauth/**', '/connect/**'],
  callerHeaders: {
    'xero-tenant-id': 'any',
    'idempotency-key': 'any',
    'if-modified-since': 'any',
    accept: ['application/json', 'application/pdf'],
  },
  rules: [
    read('GET', '/connections', 'List the organisations of the connection'),
    read('GET', '/Connections', 'List the organisations of the connection'),
    ...COLLECTIONS.flatMap(rulesOf),
    read('GET', '/api.xro/2.0/Organisation', 'Read the organisation'),
    read('GET', '/api.xro/2.0/Reports/{report}', 'Read a report'),
    ...PRODUCTS.map((base) => read('GET', `${base}/**`, 'Read data')),

    write('DELETE', '/connections/{connectionId}', 'Remove the connection to an organisation'),
    write('POST', '/api.xro/2.0/Invoices/{id}/Email', 'Send an invoice by email'),
    write('PUT', '/api.xro/2.0/CreditNotes/{id}/Allocations', 'Allocate a credit note'),
    write('DELETE', '/api.xro/2.0/CreditNotes/{id}/Allocations/{allocationId}', 'Remove an allocation'),
    write('PUT', '/api.xro/2.0/Overpayments/{id}/Allocations', 'Allocate an overpayment'),
    write('DELETE', '/api.xro/2.0/Overpayments/{id}/Allocations/{allocationId}', 'Remove an allocation'),
    write('PUT', '/api.xro/2.0/Prepayments/{id}/Allocations', 'Allocate a prepayment'),
    write('DELETE', '/api.xro/2.0/Prepayments/{id}/Allocations/{allocationId}', 'Remove an allocation'),
    write('PUT', '/api.xro/2.0/ContactGroups/{id}/Contacts', 'Add contacts to a group'),
    write('DELETE', '/api.xro/2.0/ContactGroups/{id}/Contacts', 'Remove all contacts from a group'),
    write('DELETE', '/api.xro/2.0/ContactGroups/{id}/Contacts/{contactId}', 'Remove a contact from a group'),
    write('PUT', '/api.xro/2.0/Currencies', 'Add a currency'),
    write('PUT', '/api.xro/2.0/PaymentServices', 'Add a payment service'),
    write('POST', '/api.xro/2.0/Setup', 'Set up the chart of accounts'),
    write('POST', '/files.xro/1.0/Files', 'Upload a file'),
    write('PUT', '/files.xro/1.0/Files/{fileId}', 'Update a file'),
    write('DELETE', '/files.xro/1.0/Files/{fileId}', 'Delete a file'),
    write('DELETE', '/files.xro/1.0/Folders/{folderId}', 'Delete a folder'),
    write('POST', '/assets.xro/1.0/Assets', 'Create an asset'),
    write('POST', '/projects.xro/2.0/Projects', 'Create a project'),
    write('PUT', '/projects.xro/2.0/Projects/{projectId}', 'Update a project'),
    write('PATCH', '/projects.xro/2.0/Projects/{projectId}', 'Change the state of a project'),
    write('POST', '/projects.xro/2.0/Projects/{projectId}/Tasks', 'Create a task'),
    write('PUT', '/projects.xro/2.0/Projects/{projectId}/Tasks/{taskId}', 'Update a task'),
    write('DELETE', '/projects.xro/2.0/Projects/{projectId}/Tasks/{taskId}', 'Delete a task'),
    write('POST', '/projects.xro/2.0/Projects/{projectId}/Time', 'Record time'),
    write('PUT', '/projects.xro/2.0/Projects/{projectId}/Time/{timeEntryId}', 'Update a time entry'),
    write('DELETE', '/projects.xro/2.0/Projects/{projectId}/Time/{timeEntryId}', 'Delete a time entry'),
    write('POST', '/payroll.xro/{version}/Employees', 'Create an employee'),
    write('POST', '/payroll.xro/{version}/PayRuns', 'Create a pay run'),
    write('PUT', '/payroll.xro/{version}/PayRuns/{payRunId}', 'Update a pay run', { because: 'wages may be paid' }),
    write('POST', '/payroll.xro/{version}/Timesheets', 'Create a time sheet'),
    write('DELETE', '/payroll.xro/{version}/Timesheets/{timesheetId}', 'Delete a time sheet'),
    write('POST', '/payroll.xro/{version}/**', 'Change payroll data'),
    write('PUT', '/payroll.xro/{version}/**', 'Change payroll data'),
    write('DELETE', '/payroll.xro/{version}/**', 'Delete payroll data'),
    write('POST', '/bankfeeds.xro/1.0/Statements', 'Add bank statements'),
    write('POST', '/bankfeeds.xro/1.0/FeedConnections/DeleteRequests', 'Delete bank feeds'),
  ],
  reads:
    'Read invoices, contacts, accounts, bank transactions, reports, projects and payroll of your Xero organisations.',
  writes: 'Create, change and delete invoices, contacts, payments, journals and other accounting records.',
  instructions: `Xero's accounting API is at ${BASE}, with JSON bodies. First GET https://api.xero.com/connections, then pass one of its tenantId as the header xero-tenant-id with every other call. PUT creates, POST creates or updates: both count as writes. Filter with ?where=Status=="AUTHORISED", page with ?page=1.`,
  examples: {
    read: {
      method: 'GET',
      url: `${BASE}/Invoices?Statuses=AUTHORISED&page=1`,
      headers: { 'xero-tenant-id': '<tenant id>' },
    },
    write: {
      method: 'PUT',
      url: `${BASE}/Contacts`,
      headers: { 'xero-tenant-id': '<tenant id>' },
      body: { Contacts: [{ Name: '<name>' }] },
    },
  },
});
