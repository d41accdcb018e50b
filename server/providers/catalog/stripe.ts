import { defineProvider } from '../define-provider.js';
import { exactRead } from '../exact-read.js';
import { type Rule, read, write } from '../rest.js';

const BASE = 'https://api.stripe.com/v1';
const FORM = 'application/x-www-form-urlencoded';

/** Collections of v1 that follow one scheme: POST creates and updates, DELETE deletes. */
const COLLECTIONS = [
  ['accounts', 'account'],
  ['coupons', 'coupon'],
  ['customers', 'customer'],
  ['invoiceitems', 'invoice item'],
  ['invoices', 'invoice'],
  ['payment_links', 'payment link'],
  ['payment_methods', 'payment method'],
  ['plans', 'plan'],
  ['prices', 'price'],
  ['products', 'product'],
  ['promotion_codes', 'promotion code'],
  ['quotes', 'quote'],
  ['radar/value_lists', 'Radar list'],
  ['setup_intents', 'setup intent'],
  ['shipping_rates', 'shipping rate'],
  ['subscription_items', 'subscription item'],
  ['subscription_schedules', 'subscription schedule'],
  ['tax_rates', 'tax rate'],
  ['terminal/configurations', 'terminal configuration'],
  ['terminal/locations', 'terminal location'],
  ['terminal/readers', 'terminal reader'],
] as const;

function changesOf([path, thing]: readonly [path: string, thing: string]): readonly Rule[] {
  return [
    write('POST', `/v1/${path}`, `Create a ${thing}`),
    write('POST', `/v1/${path}/{id}`, `Update a ${thing}`),
    write('DELETE', `/v1/${path}/{id}`, `Delete a ${thing}`),
  ];
}

const MONEY = { because: 'money moves' };
const SECRET = 'Its answer has the signing secret of the webhook. Create webhook endpoints in Stripe itself.';

/**
 * Paths, hosts and version from Stripe's Node client. In it GET only reads, and one POST does: the preview of an invoice. A tax
 * calculation is stored, so it is a write. That v1 takes form bodies and v2 JSON is from its documentation; the slug is a guess.
 * Connected accounts (`Stripe-Account`, `Stripe-Context`) cannot be chosen.
 */
export const stripe = defineProvider({
  id: 'stripe',
  name: 'Stripe',
  hosts: ['api.stripe.com', 'files.stripe.com'],
  paths: ['/v1/**', '/v2/**'],
  neverCallable: [
    '/oauth/**',
    '/v1/ephemeral_keys',
    '/v1/ephemeral_keys/**',
    '/v1/account_sessions',
    '/v1/customer_sessions',
    '/v1/accounts/{id}/login_links',
    '/v1/terminal/connection_tokens',
    '/v1/apps/secrets',
    '/v1/apps/secrets/**',
    '/v2/billing/meter_event_session',
    '/v2/iam/**',
  ],
  refused: [
    { method: 'POST', path: '/v1/webhook_endpoints', why: SECRET },
    { method: 'POST', path: '/v2/core/event_destinations', why: SECRET },
  ],
  headers: { 'stripe-version': '2026-10-28.endive' },
  callerHeaders: { 'content-type': [FORM, 'application/json'], 'idempotency-key': 'any' },
  contentType: FORM,
  endpoints: [exactRead('POST', '/v1/invoices/create_preview', 'Preview an invoice', 'the preview is not stored')],
  rules: [
    read('GET', '/v1/balance', 'Read the balance'),
    read('GET', '/v1/customers', 'List customers'),
    read('GET', '/v1/customers/search', 'Search customers'),
    read('GET', '/v1/customers/{id}', 'Read a customer'),
    read('GET', '/v1/charges', 'List charges'),
    read('GET', '/v1/invoices', 'List invoices'),
    read('GET', '/v1/invoices/search', 'Search invoices'),
    read('GET', '/v1/invoices/{id}', 'Read an invoice'),
    read('GET', '/v1/payment_intents', 'List payments'),
    read('GET', '/v1/payment_intents/{id}', 'Read a payment'),
    read('GET', '/v1/subscriptions', 'List subscriptions'),
    read('GET', '/v1/subscriptions/{id}', 'Read a subscription'),
    read('GET', '/v1/events', 'List events'),
    read('GET', '/v1/**', 'Read data'),
    read('GET', '/v2/**', 'Read data'),

    write('POST', '/v1/invoices/{id}/finalize', 'Finalize an invoice'),
    write('POST', '/v1/invoices/{id}/pay', 'Pay an invoice', MONEY),
    write('POST', '/v1/invoices/{id}/send', 'Send an invoice'),
    write('POST', '/v1/invoices/{id}/void', 'Void an invoice'),
    write('POST', '/v1/invoices/{id}/mark_uncollectible', 'Mark an invoice as uncollectible'),
    write('POST', '/v1/charges', 'Charge a card', MONEY),
    write('POST', '/v1/charges/{id}', 'Update a charge'),
    write('POST', '/v1/charges/{id}/capture', 'Capture a charge', MONEY),
    write('POST', '/v1/payment_intents', 'Create a payment', MONEY),
    write('POST', '/v1/payment_intents/{id}', 'Update a payment'),
    write('POST', '/v1/payment_intents/{id}/confirm', 'Confirm a payment', MONEY),
    write('POST', '/v1/payment_intents/{id}/capture', 'Capture a payment', MONEY),
    write('POST', '/v1/payment_intents/{id}/cancel', 'Cancel a payment'),
    write('POST', '/v1/payment_methods/{id}/attach', 'Attach a payment method to a customer'),
    write('POST', '/v1/payment_methods/{id}/detach', 'Remove a payment method from its customer'),
    write('POST', '/v1/refunds', 'Refund a payment', MONEY),
    write('POST', '/v1/refunds/{id}', 'Update a refund'),
    write('POST', '/v1/refunds/{id}/cancel', 'Cancel a refund'),
    write('POST', '/v1/payouts', 'Pay out to a bank account', MONEY),
    write('POST', '/v1/payouts/{id}/cancel', 'Cancel a payout'),
    write('POST', '/v1/transfers', 'Transfer money to a connected account', MONEY),
    write('POST', '/v1/transfers/{id}/reversals', 'Reverse a transfer', MONEY),
    write('POST', '/v1/topups', 'Top up the balance', MONEY),
    write('POST', '/v1/disputes/{id}', 'Answer a dispute'),
    write('POST', '/v1/disputes/{id}/close', 'Give up a dispute', MONEY),
    write('POST', '/v1/subscriptions', 'Create a subscription', MONEY),
    write('POST', '/v1/subscriptions/{id}', 'Update a subscription'),
    write('DELETE', '/v1/subscriptions/{id}', 'Cancel a subscription'),
    write('POST', '/v1/subscriptions/{id}/pause', 'Pause a subscription'),
    write('POST', '/v1/subscriptions/{id}/resume', 'Resume a subscription'),
    write('POST', '/v1/subscription_schedules/{id}/cancel', 'Cancel a subscription schedule'),
    write('POST', '/v1/quotes/{id}/finalize', 'Finalize a quote'),
    write('POST', '/v1/quotes/{id}/accept', 'Accept a quote'),
    write('POST', '/v1/quotes/{id}/cancel', 'Cancel a quote'),
    write('POST', '/v1/credit_notes', 'Create a credit note'),
    write('POST', '/v1/checkout/sessions', 'Create a checkout page'),
    write('POST', '/v1/checkout/sessions/{id}/expire', 'Expire a checkout page'),
    write('POST', '/v1/billing_portal/sessions', 'Create a link to a customer’s billing portal', {
      because: 'who has the link may act for the customer',
    }),
    write('POST', '/v1/customers/{id}/balance_transactions', 'Change the credit balance of a customer', MONEY),
    write('DELETE', '/v1/customers/{id}/discount', 'Remove the discount of a customer'),
    write('POST', '/v1/tax/calculations', 'Calculate tax', { because: 'Stripe stores the calculation' }),
    write('POST', '/v1/billing/meter_events', 'Report usage'),
    write('POST', '/v1/issuing/cards', 'Issue a card'),
    write('POST', '/v1/issuing/cards/{id}', 'Update a card'),
    write('POST', '/v1/files', 'Upload a file'),
    write('DELETE', '/v1/webhook_endpoints/{id}', 'Delete a webhook endpoint'),
    ...COLLECTIONS.flatMap(changesOf),
    write('POST', '/v1/test_helpers/**', 'Change test data'),
    write('DELETE', '/v1/test_helpers/**', 'Delete test data'),
    write('POST', '/v1/treasury/**', 'Change a treasury account or move its money', MONEY),
    write('POST', '/v1/issuing/**', 'Change issued cards, their holders or payments'),
    write('POST', '/v1/terminal/readers/{id}/{action}', 'Make a terminal reader do something'),
    write('POST', '/v1/accounts/{accountId}/{part}/{id}', 'Update a part of an account'),
    write('DELETE', '/v1/accounts/{accountId}/{part}/{id}', 'Delete a part of an account'),
    write('POST', '/v1/customers/{customerId}/{part}/{id}', 'Update something of a customer'),
    write('DELETE', '/v1/customers/{customerId}/{part}/{id}', 'Delete something of a customer'),
    write('POST', '/v2/money_management/**', 'Change an account or move its money', MONEY),
    write('POST', '/v2/core/accounts/**', 'Change an account'),
    write('DELETE', '/v2/**', 'Delete data'),
  ],
  reads: 'Read and search customers, payments, invoices, subscriptions, balances and reports of your Stripe account.',
  writes: 'Take, refund and pay out money, and create, change and delete customers, invoices and subscriptions.',
  instructions: `Stripe's API is at ${BASE}. Bodies of v1 are forms: pass a string such as "email=a%40b.example&metadata[key]=value". Bodies of /v2 are JSON: pass the header content-type: application/json. Set idempotency-key on what must not happen twice. Search: GET customers/search?query=…. Everything acts on your own account, never on a connected one.`,
  examples: {
    read: { method: 'GET', url: `${BASE}/invoices?status=open&limit=10` },
    write: {
      method: 'POST',
      url: `${BASE}/refunds`,
      headers: { 'idempotency-key': '<uuid>' },
      body: 'payment_intent=pi_123&amount=500',
    },
  },
});
