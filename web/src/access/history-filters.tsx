import { useId, useState } from 'react';
import { filterText, OUTCOMES } from '../text/history-text.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import layout from '../ui/layout.module.css';
import css from './filters.module.css';
import { type Filters, isBackwards } from './history-query.js';

/** What a choice offers: what is sent, and what is read. */
export type Option = readonly [value: string, label: string];

interface FiltersProps {
  readonly providers: readonly Option[];
  readonly clients: readonly Option[];
  onApply(filters: Filters): void;
}

export function HistoryFilters({ providers, clients, onApply }: FiltersProps) {
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
      <Pick label={filterText.provider} all={filterText.allProviders} options={providers} onPick={set('provider')} />
      <Pick label={filterText.client} all={filterText.allClients} options={clients} onPick={set('client')} />
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
