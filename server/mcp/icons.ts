/** An icon as the protocol lists it. */
export interface Icon {
  readonly src: string;
  readonly mimeType?: string;
}

/**
 * Our mark, in the listings themselves: MCP, Icons: clients take icons from `https:` and `data:` addresses alone, and the sandbox is on
 * neither of the former. The same lines as `web/src/style/mark.svg`.
 */
export const MARK: Icon = {
  src: drawing(24, "stroke='#1f4199' stroke-width='2'", 'M4 20h16M6 15l3 3L15 5M12.5 15.5l1.8 1.8L20 6'),
  mimeType: 'image/svg+xml',
};

/** What each tool does, in a few lines on a field of twelve by twelve. */
const LINES: Readonly<Record<string, string>> = {
  server_info: 'M6,5v5M6,2v1',
  whoami: 'M6,1a2,2,0,1,1,0,5a2,2,0,1,1,0-5M1,11a5,4,0,0,1,10,0',
  list_integrations: 'M1,3h1M4,3h7M1,6h1M4,6h7M1,9h1M4,9h7',
  connect_integration: 'M4,1v3M8,1v3M2,4h8v2a4,3,0,0,1-8,0M6,9v3',
  request_elevated_access: 'M1,11l1-3l6-6l2,2l-6,6zM7,11h4',
  check_access_request: 'M6,1a5,5,0,1,0,0,10a5,5,0,1,0,0-10M6,3v3l2,2',
  call_integration_api: 'M1,6h10M7,2l4,4l-4,4',
  revoke_access: 'M1,5h6a3,3,0,0,1,0,6H4M4,2L1,5l3,3',
};

/**
 * A tool of ours has an icon of its own, another one our mark. Every client loads the list of tools, so these are short: their address
 * says the type, and one color is seen on light and on dark.
 */
export function toolIcon(name: string): Icon {
  const lines = Object.hasOwn(LINES, name) ? LINES[name] : undefined;
  return lines === undefined ? MARK : { src: drawing(12, "stroke='#47c'", lines) };
}

/** RFC 3986 §2: what may stand in a URI as it is stays as it is. */
function drawing(side: number, stroke: string, lines: string): string {
  const svg =
    `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0,0,${side},${side}' fill='none' ${stroke}>` +
    `<path d='${lines}'/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg).replace(/%(?:2C|2F|3A|3D|27)/g, decodeURIComponent)}`;
}
