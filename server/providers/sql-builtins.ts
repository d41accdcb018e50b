/**
 * Snowflake's own functions that compute a value from their arguments or tell about the session, and do nothing else. A function of
 * that name cannot be defined by users: Snowflake refuses names of its own (documented). Nothing here reads a stage, runs text,
 * advances a sequence or reaches out; `SYSTEM$` functions are out as a whole.
 */
export const PURE_FUNCTIONS: ReadonlySet<string> = new Set(
  `abs approx_count_distinct array_agg array_size avg ceil char_length coalesce concat concat_ws contains convert_timezone count
  count_if current_account current_database current_date current_role current_schema current_time current_timestamp current_user
  current_version current_warehouse date_part date_trunc dateadd datediff day dayname dayofweek dayofyear decode dense_rank endswith equal_null exp
  extract first_value floor get_path greatest hash hour iff ifnull initcap is_null_value lag last_day last_value lead least left
  len length listagg ln log lower lpad ltrim max md5 median min minute mod mode month monthname nth_value ntile nullif nvl nvl2
  object_construct parse_json percent_rank percentile_cont position power quarter rank regexp_count regexp_like regexp_replace
  regexp_substr replace reverse right round row_number rpad rtrim second sha2 sign split split_part sqrt startswith stddev
  substr substring sum time_slice to_char to_date to_decimal to_number to_timestamp to_varchar trim trunc try_cast try_parse_json
  try_to_date try_to_number typeof upper variance week year zeroifnull`.split(/\s+/),
);

/** Words that stand before a parenthesis without being a function. */
export const WORDS_BEFORE_PARENTHESIS: ReadonlySet<string> = new Set(
  `all and any as between by case cast char decimal distinct else except exists from having in intersect join like limit minus not number
  numeric on or order over partition select some then union using varchar when where with`.split(/\s+/),
);

/** Words that never stand bare in a plain read. A quoted name may still be one of them. */
export const WORDS_OF_NO_READ: ReadonlySet<string> = new Set(
  `alter begin call commit copy create currval delete describe drop execute explain grant identifier immediate insert into lateral list merge nextval
  procedure put remove result_scan revoke rollback set show table truncate undrop unset update use`.split(/\s+/),
);
