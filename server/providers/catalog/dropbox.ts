import { defineProvider } from '../define-provider.js';
import { type Rule, read, write } from '../rest.js';

const API = 'https://api.dropboxapi.com/2';
const DOWNLOAD = { because: 'a download changes nothing' } as const;

/**
 * Dropbox has no method but POST: a route says itself what it does. These are the routes of its specification that get, list, search,
 * count or check the state of a job, whatever their scope says; a route that is not here counts as a write.
 */
const LOOKUPS: Readonly<Record<string, string>> = {
  account: 'get_photo',
  file_properties:
    'properties/search templates/get_for_team templates/get_for_user templates/list_for_team templates/list_for_user',
  file_requests: 'count get list list_v2',
  files: `alpha/get_metadata copy_batch/check copy_batch/check_v2 create_folder_batch/check delete_batch/check
    get_file_lock_batch get_metadata get_preview get_temporary_link get_thumbnail get_thumbnail_batch get_thumbnail_v2 list_folder
    list_folder/get_latest_cursor list_revisions move_batch/check move_batch/check_v2 properties/template/get
    properties/template/list save_url/check_job_status search search_v2
    search/continue_v2 tags/get upload_session/finish_batch/check`,
  paper: `docs/folder_users/list docs/get_folder_info docs/get_metadata docs/list docs/sharing_policy/get docs/users/list`,
  riviera: `get_keyframes_async get_markdown_async get_metadata_async get_ocr_async get_text_async get_transcript_async
    get_keyframes_async/check get_markdown_async/check get_metadata_async/check get_ocr_async/check get_text_async/check
    get_transcript_async/check`,
  sharing: `check_job_status check_remove_member_job_status check_share_job_status get_file_metadata get_file_metadata/batch
    get_folder_metadata get_shared_link_file get_shared_link_metadata get_shared_links list_file_members list_file_members/batch
    list_folder_members list_folders list_mountable_folders list_received_files list_shared_links`,
  team: `devices/list_member_devices devices/list_members_devices devices/list_team_devices features/get_values get_info
    groups/get_info groups/job_status/get groups/list groups/members/list legal_holds/get_policy legal_holds/list_held_revisions
    legal_holds/list_held_revisions_continue legal_holds/list_policies linked_apps/list_member_linked_apps
    linked_apps/list_members_linked_apps linked_apps/list_team_linked_apps member_space_limits/excluded_users/list
    member_space_limits/get_custom_quota members/add/job_status/get members/add/job_status/get_v2
    members/bulk_suspend/job_status/check members/get_available_team_member_roles members/get_info members/get_info_v2
    members/list members/list_v2 members/list/continue_v2 members/move_former_member_files/job_status/check
    members/remove/job_status/get namespaces/list properties/template/get properties/template/list reports/get_activity reports/get_devices
    reports/get_membership reports/get_storage sharing_allowlist/list team_folder/archive/check team_folder/get_info
    team_folder/list token/get_authenticated_admin`,
  team_log: 'get_events',
  users: 'features/get_values get_account get_account_batch get_current_account get_space_usage',
};

/** Long answers come in pages: the next one is asked for at `continue`. */
const PAGED =
  /(?:^|\/)(?:get_events|list|list_folder|properties\/search|list_(?:\w+_members|folders|mountable_folders|received_files))$/;

function lookups(space: string, routes: string): readonly Rule[] {
  return routes.split(/\s+/).flatMap((route) => {
    const path = `/2/${space}/${route}`;
    const paths = PAGED.test(route) ? [path, `${path}/continue`] : [path];
    return paths.map((each) => read('POST', each, TITLES[each] ?? 'Look up', { because: 'the route only looks up' }));
  });
}

const TITLES: Readonly<Record<string, string>> = {
  '/2/files/list_folder': 'List a folder',
  '/2/files/list_folder/continue': 'List more of a folder',
  '/2/files/get_metadata': 'Read about a file or folder',
  '/2/files/search_v2': 'Search files and folders',
  '/2/files/list_revisions': 'List revisions of a file',
  '/2/files/get_temporary_link': 'Get a link to download a file',
  '/2/sharing/list_shared_links': 'List shared links',
  '/2/sharing/list_folder_members': 'List who sees a folder',
  '/2/users/get_current_account': 'Read who the connection belongs to',
  '/2/team/members/list_v2': 'List the members of the team',
};

/**
 * Hosts, routes and their scopes verified in Dropbox's own SDK, generated from its specification. `notify.dropboxapi.com` takes no
 * token and is not called. Acting for someone else (`Dropbox-API-Select-…`) is no allowed header. Slug: a guess.
 */
export const dropbox = defineProvider({
  id: 'dropbox',
  name: 'Dropbox',
  hosts: ['api.dropboxapi.com', 'content.dropboxapi.com'],
  paths: ['/2/**'],
  neverCallable: ['/2/auth', '/2/auth/**'],
  refused: [
    {
      path: '/2/files/list_folder/longpoll',
      why: 'Waiting for changes goes to a host without a token. Ask files/list_folder/continue again later.',
    },
  ],
  methods: ['POST'],
  callerHeaders: {
    'dropbox-api-arg': 'any',
    'dropbox-api-path-root': 'any',
    'content-type': ['application/json', 'application/octet-stream'],
  },
  rules: [
    ...Object.entries(LOOKUPS).flatMap(([space, routes]) => lookups(space, routes)),
    read('POST', '/2/files/download', 'Download a file', DOWNLOAD),
    read('POST', '/2/files/download_zip', 'Download a folder', DOWNLOAD),
    read('POST', '/2/files/export', 'Export a file', DOWNLOAD),
    read('POST', '/2/paper/docs/download', 'Download a Paper document', DOWNLOAD),
    read('POST', '/2/openid/userinfo', 'Read who the connection belongs to', { because: 'it only looks up' }),
    read('POST', '/2/check/user', 'Check the connection', { because: 'it only echoes' }),
    read('POST', '/2/check/app', 'Check the app', { because: 'it only echoes' }),

    write('POST', '/2/files/get_temporary_upload_link', 'Create a link to upload to', {
      because: 'whoever has the link can upload',
    }),
    write('POST', '/2/files/copy_reference/get', 'Create a reference for copying a file', {
      because: 'whoever has the reference can copy the file',
    }),
    write('POST', '/2/team/member_space_limits/set_custom_quota', 'Change the space that members have', {
      because: 'it changes quotas, although its scope says that it reads',
    }),
    write('POST', '/2/files/upload', 'Upload a file'),
    write('POST', '/2/files/create_folder_v2', 'Create a folder'),
    write('POST', '/2/files/copy_v2', 'Copy a file or folder'),
    write('POST', '/2/files/move_v2', 'Move a file or folder'),
    write('POST', '/2/files/delete_v2', 'Delete a file or folder'),
    write('POST', '/2/files/delete_batch', 'Delete files or folders'),
    write('POST', '/2/files/permanently_delete', 'Delete a file or folder for good'),
    write('POST', '/2/files/restore', 'Restore a file'),
    write('POST', '/2/files/save_url', 'Save a file from the web'),
    write('POST', '/2/files/upload_session/start', 'Start an upload'),
    write('POST', '/2/files/upload_session/finish', 'Finish an upload'),
    write('POST', '/2/file_requests/create', 'Create a file request'),
    write('POST', '/2/file_requests/update', 'Update a file request'),
    write('POST', '/2/file_requests/delete', 'Delete file requests'),
    write('POST', '/2/sharing/create_shared_link_with_settings', 'Create a shared link'),
    write('POST', '/2/sharing/modify_shared_link_settings', 'Change a shared link'),
    write('POST', '/2/sharing/revoke_shared_link', 'Revoke a shared link'),
    write('POST', '/2/sharing/share_folder', 'Share a folder'),
    write('POST', '/2/sharing/unshare_folder', 'Remove everyone from a shared folder'),
    write('POST', '/2/sharing/add_file_member', 'Share a file'),
    write('POST', '/2/sharing/add_folder_member', 'Share a folder'),
    write('POST', '/2/sharing/remove_file_member_2', 'Remove someone from a file'),
    write('POST', '/2/sharing/remove_folder_member', 'Remove someone from a folder'),
    write('POST', '/2/paper/docs/permanently_delete', 'Delete a Paper document for good'),
    write('POST', '/2/team/members/add_v2', 'Add members to the team'),
    write('POST', '/2/team/members/remove', 'Remove a member from the team'),
    write('POST', '/2/team/members/suspend', 'Suspend a member'),
    write('POST', '/2/team/groups/delete', 'Delete a group'),
    write('POST', '/2/team/team_folder/archive', 'Archive a team folder'),
    write('POST', '/2/team/team_folder/permanently_delete', 'Delete a team folder for good'),
  ],
  reads: 'Search, read and download the files, folders, shared links and team information that you can see.',
  writes: 'Upload, change, move, share and delete files and folders, and manage members of your team.',
  instructions: `Everything is POST. Most of Dropbox is at ${API} with a JSON body: files/list_folder { path: "" }, files/search_v2 { query }. Routes without arguments (users/get_current_account) take no body. Content is at https://content.dropboxapi.com/2: files/download with the arguments as JSON in dropbox-api-arg and no body; files/upload with dropbox-api-arg, content-type application/octet-stream and the text as body.`,
  examples: {
    read: { method: 'POST', url: `${API}/files/list_folder`, body: { path: '' } },
    write: { method: 'POST', url: `${API}/files/create_folder_v2`, body: { path: '/<name>' } },
  },
});
