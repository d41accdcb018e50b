import type { Express, Request, Response } from 'express';
import type { Provider } from 'oidc-provider';
import type { Browsers } from '../browser.js';
import { formTarget, html, sendPage } from '../page.js';
import type { SandboxState } from '../sandbox-state.js';
import { organizationOf, type SandboxUser } from '../seed.js';
import { grantResourceOf } from './oauth-server.js';

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>;

/** AuthKit's consent page: sign in, choose the organization, allow or refuse the client. */
export class ConsentPage {
  constructor(
    private readonly oauth: Provider,
    private readonly browsers: Browsers,
    private readonly state: SandboxState,
  ) {}

  mount(app: Express): void {
    app.get('/sandbox/consent/:uid', (req, res) => this.#show(req, res));
    app.post('/sandbox/consent/:uid', (req, res) => this.#decide(req, res));
  }

  async #show(req: Request, res: Response): Promise<void> {
    const interaction = await this.#find(req, res);
    if (!interaction) return;
    const targets = [formTarget(String(interaction.params.redirect_uri))];
    const client = await this.oauth.Client.find(String(interaction.params.client_id));
    const name = client?.clientName ?? 'An application without a name';
    const browser = this.browsers.current(req);
    const isFresh = this.browsers.takeFresh(req);
    if (!browser || (needsFreshSignIn(interaction) && !isFresh)) {
      this.browsers.signInPage(req, res, `to connect ${name}`, targets, text(interaction.params.login_hint));
      return;
    }
    const { user } = browser;
    const choices = user.organizationIds.map(
      (id, index) =>
        html`<label><input type="radio" name="organization" value="${id}"${index === 0 ? html` checked` : null}> ${organizationOf(id)?.name ?? id}</label>`,
    );
    const organizations = choices.length
      ? html`<fieldset><legend>Organization</legend>${choices}</fieldset>`
      : html`<p>You are not in an organization.</p>`;
    const fields = this.browsers.formFields(req, res, `consent ${interaction.uid} ${user.id}`);
    const body = html`<p>You are ${user.firstName} ${user.lastName}, <bdi>${user.email}</bdi>. The name is the client's own claim.
It goes back to <code>${String(interaction.params.redirect_uri)}</code>.</p>
<form method="post" action="/sandbox/consent/${interaction.uid}">${fields}${organizations}
<button name="decision" value="allow">Allow access</button><button name="decision" value="deny">Refuse</button></form>
<form method="post" action="/sandbox/sign-out">${this.browsers.formFields(req, res, `sign-out ${req.originalUrl}`)}<button>Use another account</button></form>`;
    sendPage(res, `Connect ${name}`, body, { formTargets: targets });
  }

  async #decide(req: Request, res: Response): Promise<void> {
    const interaction = await this.#find(req, res);
    if (!interaction) return;
    const user = this.browsers.current(req)?.user;
    if (!user || this.browsers.formSubject(req) !== `consent ${interaction.uid} ${user.id}`) return invalid(res);
    const { decision, organization } = req.body as Record<string, unknown>;
    if (decision !== 'allow') {
      const refusal = { error: 'access_denied', error_description: 'The person refused.' };
      return this.oauth.interactionFinished(req, res, refusal, { mergeWithLastSubmission: false });
    }
    const isMember = typeof organization === 'string' && user.organizationIds.includes(organization);
    if (user.organizationIds.length > 0 && !isMember) return invalid(res);
    const grantId = await this.#grant(interaction, user, isMember ? organization : null);
    const result = { login: { accountId: user.id, remember: false }, select_account: {}, consent: { grantId } };
    await this.oauth.interactionFinished(req, res, result, { mergeWithLastSubmission: false });
  }

  /** The same person, client and organization keep their consent, and with it the `sid` of their tokens. */
  async #grant(interaction: Interaction, user: SandboxUser, organizationId: string | null): Promise<string> {
    const clientId = String(interaction.params.client_id);
    const resource = grantResourceOf(interaction.params);
    const scopes = String(interaction.params.scope ?? 'openid').split(' ');
    const known = Object.values(this.state.data.consents).find(
      (one) => one.userId === user.id && one.clientId === clientId && one.organizationId === organizationId,
    );
    const existing = known && (await this.oauth.Grant.find(known.grantId));
    const grant = existing ?? new this.oauth.Grant({ accountId: user.id, clientId });
    grant.addOIDCScope(scopes.join(' '));
    grant.addResourceScope(resource, scopes.join(' '));
    const grantId = await grant.save();
    const isResource = interaction.params.resource !== undefined;
    this.state.data.consents[grantId] = {
      grantId,
      userId: user.id,
      clientId,
      organizationId,
      scopes,
      resource: isResource ? resource : null,
    };
    this.state.changed();
    return grantId;
  }

  async #find(req: Request, res: Response): Promise<Interaction | null> {
    try {
      const interaction = await this.oauth.interactionDetails(req, res);
      if (interaction.uid === req.params.uid) return interaction;
    } catch {
      // No interaction cookie, or the interaction is over: told below.
    }
    invalid(res);
    return null;
  }
}

function needsFreshSignIn({ params }: Interaction): boolean {
  const prompts = String(params.prompt ?? '').split(' ');
  return prompts.includes('login') || prompts.includes('select_account') || params.max_age === 0;
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

function invalid(res: Response): void {
  sendPage(res, 'This sign-in is over', html`<p>Go back to the application and connect again.</p>`, { status: 400 });
}
