/** Whether a person still authorizes an MCP client. Rejects with `workos_unavailable` when that cannot be known. */
export abstract class ClientConsent {
  /** May be up to 60 s old. */
  abstract isGiven(userId: string, clientId: string): Promise<boolean>;
}
