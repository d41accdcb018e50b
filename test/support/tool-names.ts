/** In the order in which they are listed. */
export const TOOLS = [
  'server_info',
  'whoami',
  'list_integrations',
  'connect_integration',
  'request_elevated_access',
  'check_access_request',
  'call_integration_api',
  'revoke_access',
];
