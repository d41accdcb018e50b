import { useState } from 'react';
import type { GrantPageView } from '../../../server/approvals/access.contract.js';
import { clientName } from '../text/approval-text.js';
import { plain } from '../text/phrase.js';
import type { Option } from './history-filters.js';

interface Options {
  readonly providers: readonly Option[];
  readonly clients: readonly Option[];
}

const NONE: Options = { providers: [], clients: [] };

/** Providers and clients to filter by: all that were on a page so far, by name. */
export function useOptions(page: GrantPageView | null): Options {
  const [known, setKnown] = useState<{ readonly page: GrantPageView | null; readonly options: Options }>({
    page: null,
    options: NONE,
  });
  if (page === null || page === known.page) return known.options;
  const options = withThoseOf(page, known.options);
  setKnown({ page, options });
  return options;
}

function withThoseOf({ items }: GrantPageView, { providers, clients }: Options): Options {
  return {
    providers: joined(
      providers,
      items.flatMap((item) => item.providers.map(({ id, name }): Option => [id, name])),
    ),
    clients: joined(
      clients,
      items.map(({ client }): Option => [client.id, `${plain([clientName(client)])} (${client.id})`]),
    ),
  };
}

function joined(known: readonly Option[], more: readonly Option[]): readonly Option[] {
  return [...new Map([...known, ...more])].sort(([, one], [, other]) => one.localeCompare(other));
}
