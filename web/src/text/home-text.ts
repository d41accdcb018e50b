import { foreign, type Phrase } from './phrase.js';

export const homeText = {
  title: 'Assistants ask. A person signs. Only then is the call made.',
  windowTitle: 'Assistants ask, a person signs',
  howItWorks: 'How it works',
  steps: [
    ['The assistant asks', 'To read or write with some providers for a few minutes, or to make one exact call.'],
    [
      'You read and decide',
      'On a page of this server, signed in with your account. You may allow less than was asked.',
    ],
    ['Countersign makes the call', 'With your connection. The assistant gets the answer and never the token.'],
  ],
  connect: 'Connect your assistant',
  address: 'The address of this server is ',
  rely: 'What you can rely on',
  promises: [
    'Nothing is allowed by signing in, reconnecting or waiting. Only by your decision.',
    'What you are shown for an exact call is what is sent, byte for byte, once.',
  ],
  endAll: 'You can end everything at once on ',
  endAllAfter: '. No call begins after that. One that had begun may still arrive.',
} as const;

export function homeLede(organization: string | null): Phrase {
  const owner: Phrase = organization === null ? ['your company'] : [foreign(organization)];
  return [
    'Countersign lets AI assistants use the APIs of ',
    ...owner,
    ', with your own accounts, for as long and as far as you allow.',
  ];
}

export interface ClientSetup {
  readonly client: string;
  /** Where it goes when that is not a terminal, or what follows. */
  readonly remark: string | null;
  readonly command: string;
}

/** How the usual clients are told the address of this server. */
export function clientSetups(mcpUrl: string): readonly ClientSetup[] {
  return [
    {
      client: 'Claude Code',
      remark: 'then /mcp inside it to sign in',
      command: `claude mcp add --transport http countersign ${mcpUrl}`,
    },
    {
      client: 'VS Code',
      remark: null,
      command: `code --add-mcp '${JSON.stringify({ name: 'countersign', type: 'http', url: mcpUrl })}'`,
    },
    {
      client: 'Cursor',
      remark: 'in .cursor/mcp.json',
      command: JSON.stringify({ mcpServers: { countersign: { url: mcpUrl } } }, null, 2),
    },
    { client: 'Codex', remark: null, command: `codex mcp add countersign --url ${mcpUrl}` },
    {
      client: 'Gemini CLI',
      remark: 'then /mcp auth countersign inside it',
      command: `gemini mcp add --transport http countersign ${mcpUrl}`,
    },
    {
      client: 'MCP Inspector',
      remark: null,
      command: `npx @modelcontextprotocol/inspector --transport http --server-url ${mcpUrl}`,
    },
    {
      client: 'Other clients',
      remark: null,
      command: JSON.stringify({ mcpServers: { countersign: { type: 'http', url: mcpUrl } } }, null, 2),
    },
  ];
}

export function copyLabel(client: string): string {
  return ` the setup for ${client}`;
}
