/** What an account's dashboard would switch. Nothing of it survives a restart. */
export class SandboxSettings {
  /**
   * Connect › Configuration › client id metadata documents: off, as in a new account. The documents are read from this machine alone, so
   * a client that names one elsewhere has to register while this is off.
   */
  clientIdMetadataDocuments = false;
}
