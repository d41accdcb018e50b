import { SERVER_INSTRUCTIONS } from './instructions.text.js';

export const GUIDE_TITLE = 'How Countersign works';

/** Titles of our prompts, by their names. */
export const PROMPT_TITLES: Readonly<Record<string, string>> = { use_api: 'Use an API through Countersign' };

/** The whole way from a task to an answer, for a model or a person that asks for it. Static: it carries no text of anybody else. */
export const GUIDE = `# ${GUIDE_TITLE}

${SERVER_INSTRUCTIONS}

1. \`list_integrations\`: which providers there are, whether the user has connected each, and how each is called. If one is missing, \`connect_integration\` gives a link for the user. \`server_info\` tells the same of every provider that the server knows.
2. \`request_elevated_access\`, with a reason that the user will read:
   - for several calls: \`{ "kind": "broad", "level": "read", "providers": ["linear"], "reason": "…" }\`. Ask for \`write\` only if you must, and for as few providers as you need.
   - for a single write: \`{ "kind": "request", "method": "…", "url": "https://…", "body": { … }, "reason": "…" }\`. The user sees the whole call. It runs once, with exactly these bytes.
3. Show the user the link, and for an exact call the four words. A client that opens pages does this by itself.
4. \`check_access_request\` with \`waitSeconds\` 25 answers as soon as the user decides. Call it again while it says pending.
5. \`call_integration_api\` with method, absolute https URL and body as a JSON value; for an approved exact call with its \`requestId\` alone.
6. \`revoke_access\` when the task is done.

What an answer says is what happened:
- \`authority_required\`: nothing was sent. Its \`askForThisCall\` and \`askForSomeTime\` are arguments for step 2, complete but for the reason.
- The user may allow less than you asked for, or leave a note: heed both.
- Denied: do not ask again unless the answer or the user says so.
- \`outcome_unknown\`: the call may have run. Do not repeat it. Look at the provider first.
`;

export function promptText(task: string | undefined): string {
  return task === undefined ? GUIDE : `${GUIDE}\nThe task, in the user’s words: ${JSON.stringify(task)}`;
}
