import { signInPath } from '../api/sign-in.js';
import { type OutcomeWords, outcomeText } from '../text/outcome-text.js';
import { accountLine } from '../text/result-text.js';
import { shellText, switchTo } from '../text/shell-text.js';
import { words } from '../text/words.js';
import { useAccount } from '../ui/account.js';
import { ButtonLink } from '../ui/button.js';
import { Say } from '../ui/drawn.js';
import layout from '../ui/layout.module.css';
import { OtherAccountButton } from '../ui/other-account.js';
import { OutcomeHead } from '../ui/outcome-head.js';
import { Row, Sheet } from '../ui/sheet.js';

const quiet = (title: string, lede: string): OutcomeWords => ({
  mark: 'plain',
  icon: 'info',
  title: [title],
  lede: [lede],
});

/** One answer for every address that is not this person's: unknown, ended long ago, or somebody else's. */
export function NotFound({ returnTo }: { readonly returnTo: string }) {
  const { title, lede, hint } = shellText.notFound;
  return (
    <Sheet>
      <OutcomeHead words={quiet(title, lede)} takesFocus={false} />
      <SignedInAs hint={hint} />
      <Row label={outcomeText.next}>
        <div className={layout.actions}>
          <OtherAccountButton returnTo={returnTo} />
          <ButtonLink href="/access">{words.myAccess}</ButtonLink>
        </div>
      </Row>
    </Sheet>
  );
}

interface OtherOrganizationProps {
  readonly organization: { readonly id: string; readonly name: string } | null;
  readonly returnTo: string;
}

export function OtherOrganization({ organization, returnTo }: OtherOrganizationProps) {
  const { title, lede, hint } = shellText.otherOrganization;
  return (
    <Sheet>
      <OutcomeHead words={quiet(title, lede)} takesFocus={false} />
      <SignedInAs hint={hint} />
      <Row label={outcomeText.next}>
        <div className={layout.actions}>
          {organization && (
            <ButtonLink look="approve" href={signInPath(returnTo, { organization: organization.id })}>
              <span>
                <Say phrase={switchTo(organization.name)} />
              </span>
            </ButtonLink>
          )}
          <OtherAccountButton returnTo={returnTo} />
        </div>
      </Row>
    </Sheet>
  );
}

function SignedInAs({ hint }: { readonly hint: string }) {
  const me = useAccount();
  if (me === null) return null;
  const account = { email: me.user.email, organization: me.organization?.name ?? null };
  return (
    <Row label={outcomeText.signedInAs}>
      <p>
        <strong>
          <Say phrase={accountLine(account)} />
        </strong>
      </p>
      <p className={layout.hint}>{hint}</p>
    </Row>
  );
}
