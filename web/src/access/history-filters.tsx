import { useId, useState } from 'react';
import type { GrantChoicesView } from '../../../server/approvals/access.contract.js';
import { clientOptions, filterText, type Option, OUTCOMES, providerOptions } from '../text/history-text.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import layout from '../ui/layout.module.css';
import css from './filters.module.css';
import { type Filters, isBackwards } from './history-query.js';

interface FiltersProps {
  readonly choices: GrantChoicesView;
  onApply(filters: Filters): void;
}

export function HistoryFilters({ choices, onApply }: FiltersProps) {
  const id = useId();
  const [filters, setFilters] = useState<Filters>({});
  const isWrong = isBackwards(filters);
  const set = (name: keyof Filters) => (value: string) => setFilters({ ...filters, [name]: value });
  const date = (name: 'from' | 'to') => (
    <label>
      <span>{filterText[name]}</span>
      <input
        type="date"
        value={filters[name] ?? ''}
        aria-describedby={isWrong ? id : undefined}
        aria-invalid={isWrong || undefined}
        onChange={(event) => set(name)(event.target.value)}
      />
    </label>
  );
  return (
    <form
      className={css.filters}
      aria-label={filterText.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWrong) onApply(filters);
      }}
    >
      <Pick
        label={filterText.provider}
        all={filterText.allProviders}
        options={providerOptions(choices)}
        onPick={set('provider')}
      />
      <Pick
        label={filterText.client}
        all={filterText.allClients}
        options={clientOptions(choices)}
        onPick={set('client')}
      />
      <Pick label={filterText.outcome} all={filterText.allOutcomes} options={OUTCOMES} onPick={set('outcome')} />
      {date('from')}
      {date('to')}
      <Button isSubmit isInert={isWrong}>
        {filterText.apply}
      </Button>
      {isWrong && (
        <p className={layout.wrong} id={id}>
          <Icon name="danger" />
          {filterText.backwards}
        </p>
      )}
    </form>
  );
}

interface PickProps {
  readonly label: string;
  readonly all: string;
  readonly options: readonly Option[];
  onPick(value: string): void;
}

function Pick({ label, all, options, onPick }: PickProps) {
  return (
    <label>
      <span>{label}</span>
      <select onChange={(event) => onPick(event.target.value)}>
        <option value="">{all}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
